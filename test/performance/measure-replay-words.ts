import { PlaybookIndex } from '../../domain/replay/index.ts';
import { tokensOf } from '../../domain/replay/tokens.ts';
import { readCorpus } from './replay/corpus.ts';
import { peakMb, timeEach, type Quantiles } from './replay/timed.ts';

/** What finding playbooks by their words takes. */
export interface MeasuredWords {
  readonly naive: Quantiles;
  readonly jaccard: Quantiles;
  readonly bm25: Quantiles;
  readonly madeMs: number;
  /** With the rows alone, and with their index. */
  readonly rowsMb: number;
  readonly peakMb: number;
  readonly meanChars: number;
}

/** Rows that looking at each of them anew may cost altogether. */
const NAIVE_ROWS = 150_000;

const [path, size] = [process.argv[2]!, Number(process.argv[3])];
const { rows, tasks } = await readCorpus(path, size);
const meanChars = rows.reduce((sum, { content }) => sum + content.length, 0) / rows.length;
const rowsMb = peakMb();
const started = performance.now();
const index = new PlaybookIndex(rows);
const madeMs = performance.now() - started;
const ranking = (retriever: 'jaccard' | 'bm25') => (task: string) => index.rank(task, { retriever, topK: 8 });
const [jaccard, bm25] = [await timeEach(tasks, ranking('jaccard')), await timeEach(tasks, ranking('bm25'))];
const peak = peakMb();
const naive = await timeEach(tasks.slice(0, Math.max(1, Math.min(tasks.length, Math.floor(NAIVE_ROWS / rows.length)))), lookAnew);
const measured: MeasuredWords = { naive, jaccard, bm25, madeMs, rowsMb, peakMb: peak, meanChars };
process.stdout.write(JSON.stringify(measured));

/** Every row split into words for every task. */
function lookAnew(task: string): unknown {
  const known = new Map<string, string | null>();
  const asked = new Set(tokensOf(task, known));
  return rows
    .map(({ content }, place) => {
      const own = new Set(tokensOf(content, known));
      let shared = 0;
      for (const token of asked) if (own.has(token)) shared += 1;
      return { place, score: shared / (asked.size + own.size - shared) };
    })
    .sort((left, right) => right.score - left.score)
    .slice(0, 8);
}
