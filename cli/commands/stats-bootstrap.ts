import { compareFamily, measurePairs } from '../../domain/comparison/index.ts';
import { smallestCorrectedP } from '../../domain/stats/multiplicity.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { BootstrapReport } from '../../schemas/statistics-reports.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { glossaryBelow, type GlossaryChoice } from '../glossary/tell-glossary.ts';
import { plain, type Io } from '../io.ts';
import { readScoreFile } from '../statistics/read-score-file.ts';
import { sixDigits } from '../statistics/six-digits.ts';

export interface StatsBootstrapOptions extends GlossaryChoice {
  readonly seed: number;
  readonly resamples: number;
  readonly alpha: number;
  readonly margin?: number;
  readonly clusterBy: string;
  readonly suite: string;
  readonly metric: string;
  readonly armA: string;
  readonly armB: string;
  readonly json?: boolean;
}

const PRINTED = ['delta', 'confidence_interval', 'p', 'smallest_p', 'mde'];

/** `lauter stats bootstrap FILE`: one comparison, which is a family of its own. Where every score is 0 or 1, McNemar's test decides, as in reports. */
export function statsBootstrap(io: Io, file: string, options: StatsBootstrapOptions): ExitCode {
  const report = measure(io, file, options);
  io.out(options.json === true ? JSON.stringify(report) : tell(report) + glossaryBelow(options, PRINTED));
  return EXIT.accepted;
}

function measure(io: Io, file: string, options: StatsBootstrapOptions): BootstrapReport {
  const { seed, resamples, alpha, margin, suite, metric, armA, armB } = options;
  const { form, pairs } = readScoreFile(io, file, options.clusterBy);
  const isClustered = options.clusterBy !== 'none';
  const stream = [seed, suite, metric, armA, armB].join('|');
  const { n, delta, interval } = measurePairs(pairs, { stream, resamples, alpha, isClustered });
  const isBinary = form === 'scores' && pairs.every(({ a, b }) => isYesOrNo(a) && isYesOrNo(b));
  const [comparison] = compareFamily([{ suite, metric, armA, armB, isBinary, pairs }], {
    seed,
    resamples,
    alpha,
    clusterBy: isClustered ? 'conversation' : 'none',
    ...(margin === undefined ? {} : { margin }),
  });
  return {
    schema_version: 1,
    n,
    mean: delta,
    lower: interval?.low ?? null,
    upper: interval?.high ?? null,
    p: interval?.p ?? null,
    smallest_p: smallestCorrectedP(1, resamples)!,
    seed,
    resamples,
    alpha,
    margin: margin ?? null,
    stream,
    comparison: comparison!,
  };
}

function isYesOrNo(score: number): boolean {
  return score === 0 || score === 1;
}

function tell({ n, p, resamples, smallest_p: smallest, stream, comparison }: BootstrapReport): string {
  const { mde, test, discordant } = comparison;
  return [
    plain(comparison.text),
    ...(p === null
      ? []
      : [
          `p of the bootstrap ${sixDigits(p)}, ${resamples} resamples of the stream ${plain(stream)}, which give at least ${sixDigits(smallest)}`,
        ]),
    ...(test === 'mcnemar_exact'
      ? [
          `p of McNemar's exact test ${sixDigits(comparison.p_raw ?? 1)}, ${formatAmount(discordant?.b ?? 0, 'gain')} and ${formatAmount(discordant?.c ?? 0, 'loss', 'losses')}`,
        ]
      : []),
    ...(mde === null ? [] : [`smallest difference found with power 0.80 in ${formatAmount(n, 'question')}: ${sixDigits(mde)}`]),
  ].join('\n');
}
