import { ledgerChains } from '../../adapters/files/ledger-files.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { commandFor } from '../command-line.ts';
import { fail, ok, warn, type Patient } from './checks.ts';

/** Every ledger is what was appended to it, row by row, and ends where its head file says. */
export async function checkLedgers({ root, options }: Pick<Patient, 'root' | 'options'>): Promise<DoctorCheck> {
  const expected = 'ledgers whose rows follow each other by hash, up to the row that the head names';
  const chains = ledgerChains(root);
  const checks = await Promise.all(chains.map(async ({ path, check }) => ({ path, ...(await check()) })));
  const broken = checks.flatMap(({ path, fault }) => (fault === undefined ? [] : [{ path, fault }]));
  const [first] = broken;
  if (first !== undefined) {
    const told = broken.map(
      ({ path, fault }) => `${path}, row ${fault.line}: expected ${fault.expected}, found ${fault.found} (${fault.kind})`,
    );
    const shown = SHOWN_BY[first.path];
    const look = shown === undefined ? '' : `\`${commandFor(shown, options)}\` shows it. `;
    return fail('ledgers', told.join('; '), expected, `${look}${first.fault.remedy}`);
  }
  const torn = checks.filter(({ isTorn }) => isTorn);
  if (torn.length > 0) {
    return warn(
      'ledgers',
      `${torn.map(({ path }) => path).join(', ')}: a row that was never finished`,
      expected,
      'The next append clears it away.',
    );
  }
  const rows = checks.reduce((sum, { seq }) => sum + seq, 0);
  return ok('ledgers', chains.length === 0 ? 'none' : `${formatAmount(chains.length, 'ledger')}, ${formatAmount(rows, 'row')}`, expected);
}

/** The command that tells more about a ledger. */
const SHOWN_BY: Readonly<Record<string, string>> = { 'ledger/trust.jsonl': 'bench ledger verify', 'ledger/budget.jsonl': 'budget show' };
