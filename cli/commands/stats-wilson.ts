import { SMALL_SAMPLE, wilsonInterval } from '../../domain/stats/wilson.ts';
import type { WilsonReport } from '../../schemas/statistics-reports.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { glossaryBelow, type GlossaryChoice } from '../glossary/tell-glossary.ts';
import type { Io } from '../io.ts';

/** `lauter stats wilson K N`: the proportion with its interval. More than all counts as all, and is told. */
export function statsWilson(io: Io, k: number, n: number, options: { readonly json?: boolean } & GlossaryChoice): ExitCode {
  const counted = Math.min(k, n);
  const notes = [...(k > n ? [`${k} of ${n} was counted as ${n}`] : []), ...(n < SMALL_SAMPLE ? ['small sample'] : [])];
  const { point, lower, upper } = wilsonInterval(counted, n);
  const report: WilsonReport = {
    schema_version: 1,
    k: counted,
    n,
    point,
    lower,
    upper,
    ...(notes.length === 0 ? {} : { note: notes.join('; ') }),
  };
  io.out(options.json === true ? JSON.stringify(report) : tell(report) + glossaryBelow(options, ['wilson_interval']));
  return EXIT.accepted;
}

function tell({ k, n, point, lower, upper, note }: WilsonReport): string {
  const shown = `${point.toFixed(6)}, 95 % ${lower.toFixed(6)} to ${upper.toFixed(6)}: ${k} of ${n}, Wilson`;
  return note === undefined ? shown : `${shown}; ${note}`;
}
