import type { TrustLedgerRow } from '../../schemas/trust-ledger.ts';

type Told = Pick<TrustLedgerRow, 'recorded_at' | 'model_id' | 'verdict' | 'mrr_delta' | 'hit_at_1_delta' | 'judge_mean_delta'>;

/** A row of the ledger as one line of text, fields joined by ` | `; the judge's delta stands only where it was measured. */
export function ledgerLine({ recorded_at, model_id, verdict, mrr_delta, hit_at_1_delta, judge_mean_delta }: Told): string {
  const judge = judge_mean_delta === null ? [] : [`judge_mean_delta=${fourDecimals(judge_mean_delta)}`];
  const deltas = [`mrr_delta=${fourDecimals(mrr_delta)}`, `hit_at_1_delta=${fourDecimals(hit_at_1_delta)}`];
  return [recorded_at, escapeModelId(model_id), verdict, ...deltas, ...judge].join(' | ');
}

/** Null is a delta that no good value gave. */
function fourDecimals(delta: number | null): string {
  return delta === null ? 'n/a' : delta.toFixed(4);
}

/** A model id cannot end its field or its line. */
function escapeModelId(id: string): string {
  return id.replace(/[|\t\n\r\v\f\u0085\u2028\u2029]/g, (sign) => ESCAPES[sign] ?? '\\n');
}

const ESCAPES: Readonly<Record<string, string>> = { '|': '\\x7c', '\t': '\\t', '\r': '\\r' };
