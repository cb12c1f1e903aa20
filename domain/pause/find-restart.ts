import type { ProductionAnswer, ProductionHealth } from '../../schemas/production-contract.ts';
import { instantOf, type PausedProduction } from './judge-pause.ts';

/** What a run began with: production as it was paused, or none at all. */
export type ProductionBefore = ({ readonly was: 'paused' } & PausedProduction) | { readonly was: 'absent' };

/**
 * Why production is not the one that the run began with; null while nothing says so. A restarted production is unpaused and takes the machine
 * from the model. Silence is no restart: a later look tells.
 */
export function findRestart(before: ProductionBefore, health: ProductionAnswer<ProductionHealth>): string | null {
  if (before.was === 'absent') return health.kind === 'refused' || health.kind === 'broken' ? null : 'a production where none was running';
  if (health.kind !== 'answered') return null;
  const { pid, paused, paused_at } = health.body;
  if (before.pid !== null && pid !== null && pid !== undefined && pid !== before.pid)
    return `process ${pid} where process ${before.pid} was paused`;
  if (!paused) return '`paused` false during the pause';
  const pausedAt = instantOf(paused_at);
  if (before.paused_at !== null && pausedAt !== null && pausedAt !== before.paused_at)
    return `a pause since ${pausedAt} where the one of the run began at ${before.paused_at}`;
  return null;
}
