import type { TrustLedgerRow } from '../../schemas/trust-ledger.ts';
import type { BenchMode } from '../../schemas/vocabulary.ts';
import { DEFAULT_BUDGETS, RUNS_OF_BT29 } from '../determinism/index.ts';

/** True for a PASS that clears `BT-29 deferred` for results of a mode: enough runs, and no budget looser than the one BT-29 names. */
export function clearsBt29({ verdict, mode, n_runs, budgets }: TrustLedgerRow, of: BenchMode): boolean {
  const isStrict =
    budgets.mrr <= DEFAULT_BUDGETS.mrr && budgets.hit_at_1 <= DEFAULT_BUDGETS.hit_at_1 && budgets.judge_mean <= DEFAULT_BUDGETS.judge_mean;
  return verdict === 'PASS' && mode === of && n_runs >= RUNS_OF_BT29 && isStrict;
}
