import { UsageError } from '../../domain/shared/errors.ts';
import { detectableMean } from '../../domain/stats/minimum-detectable.ts';
import { normalQuantile } from '../../domain/stats/normal-quantile.ts';
import { sampleVariance } from '../../domain/stats/variance.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { DetectableReport } from '../../schemas/statistics-reports.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { glossaryBelow, type GlossaryChoice } from '../glossary/tell-glossary.ts';
import type { Io } from '../io.ts';
import { readScoreFile } from '../statistics/read-score-file.ts';
import { sixDigits } from '../statistics/six-digits.ts';

export interface StatsMdeOptions extends GlossaryChoice {
  readonly sd?: number;
  readonly n?: number;
  readonly file?: string;
  readonly comparisons: number;
  readonly alpha: number;
  readonly json?: boolean;
}

/** `lauter stats mde`: the minimum detectable effect, of numbers that are given or of scores in a file. */
export function statsMde(io: Io, options: StatsMdeOptions): ExitCode {
  const { alpha, comparisons, json } = options;
  const { sd, n } = readSpread(io, options);
  const mde = sd === null ? null : detectableMean(sd, n, normalQuantile(1 - alpha / (2 * comparisons)));
  const report: DetectableReport = { schema_version: 1, mde, sd, n, comparisons, alpha, power: 0.8 };
  io.out(json === true ? JSON.stringify(report) : tell(report) + glossaryBelow(options, ['mde']));
  return EXIT.accepted;
}

function readSpread(io: Io, { sd, n, file }: StatsMdeOptions): { readonly sd: number | null; readonly n: number } {
  if (file === undefined && sd !== undefined && n !== undefined) return { sd, n };
  if (file !== undefined && sd === undefined && n === undefined) {
    const differences = readScoreFile(io, file).pairs.map(({ a, b }) => b - a);
    const variance = sampleVariance(differences);
    return { sd: variance === null ? null : Math.sqrt(variance), n: differences.length };
  }
  const given = Object.entries({ '--sd': sd, '--n': n, '--file': file }).flatMap(([flag, value]) => (value === undefined ? [] : [flag]));
  throw new UsageError(
    `computing a minimum detectable effect: expected --sd and --n, or --file, found ${given.length === 0 ? 'none of them' : given.join(', ')}.`,
    'Give the standard deviation of the differences with the number of questions, or a file of scores.',
    { flag: given[0] ?? '--sd' },
  );
}

function tell({ mde, sd, n, comparisons, alpha }: DetectableReport): string {
  if (mde === null || sd === null) return `not testable: ${n} of at least 2 questions`;
  const family = comparisons === 1 ? 'a single comparison' : `one of ${comparisons} comparisons`;
  return `${sixDigits(mde)}: the smallest mean difference found with power 0.80 in ${formatAmount(n, 'question')}, standard deviation ${sixDigits(sd)}, ${family} at ${alpha}`;
}
