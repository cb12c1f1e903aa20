import type { Bt29, DeterminismModel } from '../../schemas/determinism-report.ts';
import type { ComparabilityState } from '../../schemas/vocabulary.ts';
import { DEFAULT_BUDGETS, RUNS_OF_BT29, TOLERANCE, type DeterminismBudgets } from './settings.ts';

/** What the verdict on a model says about BT-29, beyond its PASS. */
export interface Bt29Facts {
  readonly verdict: DeterminismModel['verdict'];
  readonly runs: number;
  readonly isJudged: boolean;
  readonly comparability: ComparabilityState;
  readonly budgets: DeterminismBudgets;
}

/** BT-29 holds for a model that passes with three runs or more of one key that is fully recorded, within budgets no looser than its own. */
export function judgeBt29(facts: Bt29Facts): Bt29 {
  const reason = whyNot(facts);
  if (reason !== null) return { established: false, claim: null, reason };
  return { established: true, claim: facts.isJudged ? 'full' : 'retrieval_only', reason: null };
}

function whyNot({ verdict, runs, comparability, budgets }: Bt29Facts): string | null {
  if (verdict === 'FAIL') return 'the verdict is FAIL';
  if (comparability !== 'comparable') return `comparability is ${comparability}`;
  if (runs < RUNS_OF_BT29) return `${runs} runs, and it takes ${RUNS_OF_BT29}`;
  const loose = (['mrr', 'hit_at_1', 'judge_mean'] as const).filter((metric) => budgets[metric] > DEFAULT_BUDGETS[metric] + TOLERANCE);
  return loose.length === 0 ? null : `looser budget than that of BT-29: ${loose.join(', ')}`;
}

/** BT-29 over all compared models: it holds when it holds for each, and claims what the least of them claims. */
export function joinBt29(models: readonly Pick<DeterminismModel, 'model_id' | 'bt29'>[]): Bt29 {
  if (models.length === 0) return { established: false, claim: null, reason: 'no model was compared' };
  const without = models.find(({ bt29 }) => !bt29.established);
  if (without === undefined) {
    const isFull = models.every(({ bt29 }) => bt29.claim === 'full');
    return { established: true, claim: isFull ? 'full' : 'retrieval_only', reason: null };
  }
  const of = models.length === 1 ? '' : `${without.model_id}: `;
  return { established: false, claim: null, reason: `${of}${without.bt29.reason ?? ''}` };
}
