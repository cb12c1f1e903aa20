import { cpus } from 'node:os';
import { renderEvalComparison, writeEvalComparison } from '../../reports/comparison/render-eval-comparison.ts';
import { streamOf } from '../../domain/stats/sfc32.ts';
import { comparisonOf } from '../support/compare-cells.ts';
import { cellOfRows, questionRow, type Cell } from '../support/compared-arms.ts';

/** The size that a report must stay under a second at: three arms, four metrics, 500 questions, 10,000 resamples. */
const MODES = ['conservative', 'balanced', 'tokenmax'];
const QUESTIONS = 500;
const RESAMPLES = 10_000;
const COMPARISONS = 12;
const REPEATS = 5;

function makeCells(): Cell[] {
  return MODES.map((mode, at) => {
    const next = streamOf(`measured|${mode}`);
    const draw = (): number => next() / 0x1_0000_0000;
    const rows = Array.from({ length: QUESTIONS }, (_, place) => {
      const score = Math.min(1, draw() + at * 0.05);
      const metrics = {
        'recall_all@5': Number(score > 0.4),
        'recall_any@1': Number(score > 0.2),
        'recall@10': score,
        'ndcg@10': score ** 2,
      };
      return questionRow(`q${String(place).padStart(4, '0')}`, metrics, { question_type: `type ${place % 6}` });
    });
    return cellOfRows(mode, rows, { suite: 'longmemeval', headline: 'recall_all@5' });
  });
}

/** As many draws as the differences of the comparison need, in the plainest loop there is. */
function drawPlainly(): number {
  const values = Array.from({ length: QUESTIONS }, (_, at) => at / QUESTIONS);
  let sum = 0;
  for (let draw = 0; draw < COMPARISONS * RESAMPLES * QUESTIONS; draw += 1) sum += values[Math.floor(Math.random() * QUESTIONS)]!;
  return sum;
}

/** Time on a core, which other work on the machine does not add to. */
function medianMs(work: () => unknown): number {
  const times = Array.from({ length: REPEATS }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return times.sort((left, right) => left - right)[Math.floor(REPEATS / 2)]!;
}

const cells = makeCells();
const reference = medianMs(drawPlainly);
const comparison = comparisonOf(cells, { resamples: RESAMPLES });
const [compared, markdown, files] = [
  () => comparisonOf(cells, { resamples: RESAMPLES }),
  () => writeEvalComparison(comparison, { hasGlossary: true }),
  () => renderEvalComparison(comparison),
].map(medianMs) as [number, number, number];

const tell = (what: string, ms: number): string =>
  `${what.padEnd(44)} ${ms.toFixed(0).padStart(6)} ms  ${(ms / reference).toFixed(2)} x the plain loop`;
process.stdout.write(
  [
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}; median of ${REPEATS}, time on a core`,
    `${MODES.length} arms, ${COMPARISONS / 3} metrics, ${QUESTIONS} questions, ${RESAMPLES} resamples`,
    tell('plain loop over the draws of the differences', reference),
    tell('comparison', compared),
    tell('comparison and Markdown', compared + markdown),
    tell('comparison, Markdown, JSON, CSV and page', compared + files),
    '',
  ].join('\n'),
);
