import type { Bt29State, TrustLedgerRow } from '../../schemas/trust-ledger.ts';
import type { BenchMode } from '../../schemas/vocabulary.ts';
import { clearsBt29 } from './clears-bt29.ts';

/** The model whose state is asked for, as a result shows it. What the result does not record is null and matches no row. */
export interface TrustSubject {
  readonly modelId: string;
  readonly cardDigest: string | null;
  readonly comparabilityKey: string | null;
  /** Headline mode of the result: a pass of another mode proves nothing about it. */
  readonly mode: BenchMode;
}

/** Looks a model up in the ledger. */
export type StateOf = (subject: TrustSubject) => Bt29State;

/** What the ledger says about a model: its newest row of the same id, served card and comparability key. Rows come oldest first. */
export function bt29StateOf(rows: readonly TrustLedgerRow[], subject: TrustSubject): Bt29State {
  const newest = rows.findLast((row) => isOf(row, subject) && (row.verdict === 'FAIL' || clearsBt29(row, subject.mode)));
  if (newest === undefined) return DEFERRED;
  const date = newest.recorded_at.slice(0, DATE_CHARS);
  const row = { seq: newest.seq, date };
  const place = `(row ${newest.seq}, ${date})`;
  if (newest.verdict === 'FAIL') return { state: 'failed', text: `BT-29 failed ${place}`, ...row };
  return newest.claim === 'full'
    ? { state: 'passed', text: `BT-29 passed ${place}`, ...row }
    : { state: 'passed_retrieval_only', text: 'BT-29 passed for retrieval only; judge-mean deferred', ...row };
}

const DEFERRED: Bt29State = { state: 'deferred', text: 'BT-29 deferred', seq: null, date: null };
const DATE_CHARS = '2026-03-02'.length;

function isOf(row: TrustLedgerRow, { modelId, cardDigest, comparabilityKey }: TrustSubject): boolean {
  return (
    row.model_id === modelId && row.model_card_digest === cardDigest && cardDigest !== null && row.comparability_key === comparabilityKey
  );
}
