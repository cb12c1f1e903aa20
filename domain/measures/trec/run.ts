import { compareCodePoints } from '../../shared/code-point-order.ts';
import { quoteShort } from '../../shared/text.ts';
import { inputError } from '../input-error.ts';
import { parseScore, splitColumns } from './columns.ts';

/** What a system gave for each query: documents with their scores, each document once. */
export type Run = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Takes the lines of a run file in as they come. */
export interface RunReader {
  /** CollectionError with file and line when the line is not one of a run. `line` counts from 1. */
  add(content: string, line: number): void;
  finish(): Run;
}

/**
 * Reads a TREC run: query, iteration, document, rank, score, tag; iteration, rank and tag say nothing. A document that stands twice for a query is an
 * error, or keeps its better score when `isTwinAllowed`.
 */
export function openRunReader(file: string, { isTwinAllowed }: { readonly isTwinAllowed: boolean }): RunReader {
  const run = new Map<string, Map<string, number>>();

  function add(content: string, line: number): void {
    const columns = splitColumns(content);
    if (columns === null) return;
    const refuse = (expected: string, found: string): Error =>
      inputError('reading a run', { file, line }, expected, found, 'Correct that line: query Q0 document rank score tag.');
    // trec_eval reads on after the tag and says nothing. A shifted column, by a space inside an id, shows in the rank.
    const isRun = columns.length === 6 || (columns.length > 6 && /^\d+$/.test(columns[3]!));
    if (!isRun) throw refuse('six columns (query, Q0, document, rank, score, tag)', `${columns.length}`);
    const [query, , doc, , points] = columns as [string, string, string, string, string];
    const score = parseScore(points);
    if (score === undefined) throw refuse('a finite number in single precision as the score', quoteShort(points, 40));
    const scores = run.get(query) ?? new Map<string, number>();
    const earlier = scores.get(doc);
    if (earlier !== undefined && !isTwinAllowed) throw refuse('each document once for a query', `${quoteShort(doc, 80)} a second time`);
    if (earlier === undefined || score > earlier) scores.set(doc, score);
    run.set(query, scores);
  }

  function finish(): Run {
    if (run.size > 0) return run;
    throw inputError('reading a run', { file }, 'at least one line', 'none', 'Give a file with the rankings of a system.');
  }

  return { add, finish };
}

/** Documents from the highest score down, equal scores by descending id in the order of its bytes, as trec_eval ranks them. */
export function rankDocs(scores: ReadonlyMap<string, number>): string[] {
  return [...scores].sort(([leftId, left], [rightId, right]) => right - left || compareCodePoints(rightId, leftId)).map(([id]) => id);
}
