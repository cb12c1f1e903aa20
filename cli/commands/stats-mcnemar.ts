import { signTest } from '../../domain/stats/sign-test.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { McnemarReport } from '../../schemas/statistics-reports.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { glossaryBelow, type GlossaryChoice } from '../glossary/tell-glossary.ts';
import type { Io } from '../io.ts';
import { sixDigits } from '../statistics/six-digits.ts';

/** `lauter stats mcnemar B C`: the exact p of gains and losses. */
export function statsMcnemar(io: Io, b: number, c: number, options: { readonly json?: boolean } & GlossaryChoice): ExitCode {
  const report: McnemarReport = { schema_version: 1, b, c, n: b + c, p: signTest(b, c) };
  io.out(options.json === true ? JSON.stringify(report) : tell(report) + glossaryBelow(options, ['p', 'discordant']));
  return EXIT.accepted;
}

function tell({ p, b, c }: McnemarReport): string {
  return `p ${sixDigits(p)}: ${formatAmount(b, 'gain')} and ${formatAmount(c, 'loss', 'losses')}, McNemar's exact test, two-sided`;
}
