import type { ProductionAnswer, ProductionHealth, ProductionPause } from '../../schemas/production-contract.ts';
import { tellAnswer } from './tell-answer.ts';

/** Production as it was found paused: what every later look is compared with. */
export interface PausedProduction {
  readonly pid: number | null;
  readonly paused_at: string | null;
}

export type PauseVerdict =
  | { readonly verdict: 'paused'; readonly production: PausedProduction; readonly isQuiescent: boolean }
  /** `isWorthRetrying`: the same call may fare better in a moment. */
  | { readonly verdict: 'failed'; readonly found: string; readonly isWorthRetrying: boolean };

/** Whether production is paused: 200 from the pause and a health that says so, too. */
export function judgePause(pause: ProductionAnswer<ProductionPause>, health: ProductionAnswer<ProductionHealth>): PauseVerdict {
  if (pause.kind !== 'answered') return failed(pause);
  if (health.kind !== 'answered') return failed(health, ' from health after the pause');
  if (!health.body.paused) return { verdict: 'failed', found: 'health with `paused` false after the pause', isWorthRetrying: false };
  const production = { pid: health.body.pid ?? null, paused_at: instantOf(health.body.paused_at ?? pause.body.paused_at) };
  return { verdict: 'paused', production, isQuiescent: pause.body.in_flight_finished };
}

function failed(answer: ProductionAnswer<unknown>, where = ''): PauseVerdict {
  const isWorthRetrying = answer.kind === 'status' ? answer.status >= 500 || answer.status === 429 : answer.kind !== 'malformed';
  return { verdict: 'failed', found: `${tellAnswer(answer)}${where}`, isWorthRetrying };
}

/** The time of a pause as an opaque word: it is only compared. */
export function instantOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
