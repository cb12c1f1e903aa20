import { openTrustLedger } from '../../adapters/files/trust-ledger.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { checkExpectedHead } from '../../domain/trust/index.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { TrustVerification } from '../../schemas/trust-reports.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { ledgerFolder } from '../trust/ledger-folder.ts';

export interface LedgerVerifyOptions extends PlaceOptions {
  readonly json?: boolean;
  readonly expectHead?: string;
}

/** `lauter bench ledger verify`: whether the trust ledger is what was written, row by row; 1 when it is not. */
export async function benchLedgerVerify(io: Io, options: LedgerVerifyOptions): Promise<ExitCode> {
  const root = ledgerFolder(io, options);
  if (options.expectHead !== undefined && !/^[0-9a-f]{64}$/.test(options.expectHead)) {
    throw new UsageError(
      'reading --expect-head: expected the row_hash of a row, 64 lower-case hexadecimal digits, found something else.',
      'Take it from `lauter bench ledger verify --json`.',
    );
  }
  const verification = await verify(root, options.expectHead);
  io.out(options.json === true ? JSON.stringify(verification, null, 2) : tellVerification(verification));
  return verification.holds ? EXIT.accepted : EXIT.refused;
}

async function verify(root: string, expectedHead: string | undefined): Promise<TrustVerification> {
  const ledger = openTrustLedger(root);
  const { seq, row_hash, isTorn, fault } = await ledger.check();
  const checked = { schema: 'trust-verification/1' as const, rows: seq, row_hash, is_torn: isTorn };
  if (fault !== undefined) {
    const { kind, line, expected, found, remedy } = fault;
    // A row stands on the line of its number.
    return { ...checked, holds: false, fault: { kind, seq: line, expected, found, remedy } };
  }
  const other = expectedHead === undefined ? undefined : checkExpectedHead(await ledger.all(), expectedHead);
  if (other === undefined) return { ...checked, holds: true, fault: null };
  const remedy = 'If rows were appended since that hash was noted down, note down the new one; else put the ledger back from a copy.';
  return { ...checked, holds: false, fault: { kind: 'expected_head', ...other, remedy } };
}

function tellVerification({ rows, row_hash, is_torn, fault }: TrustVerification): string {
  const torn = is_torn ? ['the beginning of a row follows that was never finished; the next append clears it away'] : [];
  if (fault === null)
    return [rows === 0 ? 'ok: the trust ledger has no rows' : `ok: ${formatAmount(rows, 'row')}, head ${row_hash}`, ...torn].join('\n');
  return [
    `the trust ledger is not what was written; the first bad row is seq ${fault.seq} (${fault.kind.replace('_', ' ')})`,
    `  expected  ${fault.expected}`,
    `  found     ${fault.found}`,
    `  to do     ${fault.remedy}`,
    ...torn,
  ].join('\n');
}
