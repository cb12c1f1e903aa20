import type { EvalReadRecord } from '../../../schemas/eval-record.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import { UsageError } from '../../shared/errors.ts';
import { ranAtMs } from '../arms/arm.ts';
import { compareTimes } from '../arms/order-arms.ts';

/** Which records of a ledger are looked at. */
export interface TrendWanted {
  readonly suite?: string | undefined;
  readonly mode?: string | undefined;
  /** How far back, from `nowMs`; all of the ledger unless stated. */
  readonly days?: number | undefined;
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;

/** The records that are asked for, oldest first. UsageError, naming those there are, for a suite or mode that the ledger does not know. */
export function pickTrendRecords(records: readonly EvalReadRecord[], { suite, mode, days, nowMs }: TrendWanted): EvalReadRecord[] {
  const ofSuite = pickBy(records, 'suite', suite);
  const ofMode = pickBy(ofSuite, 'mode', mode);
  const fromMs = days === undefined ? -Infinity : nowMs - days * DAY_MS;
  return ofMode.filter((record) => ranAtMs(record) >= fromMs).sort(compareTimes);
}

function pickBy(records: readonly EvalReadRecord[], field: 'suite' | 'mode', wanted: string | undefined): EvalReadRecord[] {
  const found = records.filter((record) => wanted === undefined || record[field] === wanted);
  if (found.length > 0 || wanted === undefined) return found;
  const known = [...new Set(records.map((record) => record[field]))].sort(compareCodePoints);
  throw new UsageError(
    `looking for a trend, on --${field} ${wanted}: expected a ${field} of the ledger, found no record of it.`,
    known.length === 0 ? 'The ledger is empty: evaluate first, with `lauter eval run-all`.' : `Name one of ${known.join(', ')}.`,
    { flag: `--${field}`, value: wanted },
  );
}
