import type { PauseMarker } from '../../schemas/pause-lease.ts';
import type { ProductionAnswer, ProductionHealth } from '../../schemas/production-contract.ts';
import type { PreflightState } from '../../schemas/vocabulary.ts';
import { tellAnswer } from './tell-answer.ts';
import { openLease } from './open-lease.ts';

/** One line of a preflight, as the run file records it. */
export interface PauseCheck {
  readonly check: 'prod_reachable' | 'prod_not_paused' | 'guard_alive';
  readonly status: PreflightState;
  readonly detail: string;
}

/** Who asks. A sweep does without production only when it was told that there is none. */
export interface PreflightFor {
  readonly command: 'run' | 'sweep';
  /** `--no-production`: there is none, and none is looked for. */
  readonly hasNoProduction: boolean;
}

/** Production answers, so that it can be paused; or nobody is there, so that it need not be. Null: there is no production by option. */
export function checkReachable(health: ProductionAnswer<ProductionHealth> | null, { command, hasNoProduction }: PreflightFor): PauseCheck {
  const line = (status: PreflightState, detail: string): PauseCheck => ({ check: 'prod_reachable', status, detail });
  if (health === null || hasNoProduction) return line('warn', 'there is no production, by --no-production');
  if (health.kind === 'answered') return line('pass', 'health answers');
  if (health.kind === 'refused' && command === 'run') return line('warn', 'connection refused: no production is running');
  return line('abort', `expected health with a boolean \`paused\`, found ${tellAnswer(health)}`);
}

/** Nobody else holds production paused. */
export function checkNotPaused(health: ProductionAnswer<ProductionHealth> | null, marker: PauseMarker): PauseCheck {
  const line = (status: PreflightState, detail: string): PauseCheck => ({ check: 'prod_not_paused', status, detail });
  if (marker.kind === 'unreadable') return line('abort', `expected no lease, found a marker that cannot be read: ${marker.problem}`);
  const lease = openLease(marker);
  if (lease !== null) return line('abort', `expected no lease, found lease ${lease.token} of ${lease.owner} (${lease.state})`);
  if (health?.kind === 'answered' && health.body.paused) return line('abort', 'expected `paused` false, found true');
  return line('pass', health?.kind === 'answered' ? '`paused` is false' : 'no production is running');
}

/** Somebody will end the pause whatever happens to the run. `problem` is null when the guard answers. */
export function checkGuard(problem: string | null): PauseCheck {
  if (problem === null) return { check: 'guard_alive', status: 'pass', detail: 'the guard answers' };
  return { check: 'guard_alive', status: 'abort', detail: `expected a guard that answers, found ${problem}` };
}
