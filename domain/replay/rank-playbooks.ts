import type { RagRow } from '../../schemas/export-rows.ts';
import type { ReplayRetriever } from '../../schemas/vocabulary.ts';
import { Bm25, PostingsBuilder } from '../search/index.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import { tokensOf } from './tokens.ts';

/** What finds rows without any index that lasts. */
export type PlaybookRetriever = Extract<ReplayRetriever, 'jaccard' | 'bm25'>;

/** A row and how much it has in common with a task; above 0. */
export interface RankedPlaybook {
  readonly row: RagRow;
  readonly score: number;
}

/**
 * The rows most like a task, best first, equal ones by id; at most `topK`, and none that shares no word with it. `jaccard`: distinct words in common
 * over distinct words of both. `bm25`: the formula and constants of the search, over the rows given.
 */
export function rankPlaybooks(
  task: string,
  rows: readonly RagRow[],
  { retriever, topK }: { readonly retriever: PlaybookRetriever; readonly topK: number },
): RankedPlaybook[] {
  const scores = retriever === 'jaccard' ? scoreByJaccard(task, rows) : scoreByBm25(task, rows);
  return rows
    .map((row, at) => ({ row, score: scores[at]! }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score || compareCodePoints(left.row.id, right.row.id))
    .slice(0, topK);
}

function scoreByJaccard(task: string, rows: readonly RagRow[]): number[] {
  const known = new Map<string, string | null>();
  const asked = new Set(tokensOf(task, known));
  return rows.map(({ content }) => {
    const own = new Set(tokensOf(content, known));
    let shared = 0;
    for (const token of asked) if (own.has(token)) shared += 1;
    return shared === 0 ? 0 : shared / (asked.size + own.size - shared);
  });
}

/** Only the words of the task get postings: no other one is ever looked up. */
function scoreByBm25(task: string, rows: readonly RagRow[]): Float64Array {
  const known = new Map<string, string | null>();
  const numbers = new Map([...new Set(tokensOf(task, known))].map((token, number) => [token, number]));
  const scores = new Float64Array(rows.length);
  if (numbers.size === 0 || rows.length === 0) return scores;
  const postings = new PostingsBuilder();
  for (const { content } of rows) {
    const tokens = tokensOf(content, known);
    const counts = new Map<number, number>();
    for (const token of tokens) {
      const number = numbers.get(token);
      if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    for (const [number, count] of counts) postings.add(number, count);
    postings.endRow(tokens.length);
  }
  const terms = [...numbers.values()].map((term) => ({ term, times: 1 }));
  new Bm25(postings.finish(numbers.size)).addScores(terms, scores);
  return scores;
}
