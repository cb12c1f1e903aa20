import { endPause } from '../../activities/pause/end-pause.ts';
import type { GuardWorld } from '../../activities/pause/world.ts';
import {
  decideGuardStep,
  newGuardMemory,
  rememberLook,
  type GuardRules,
  type GuardStep,
  type GuardView,
} from '../../domain/pause/index.ts';
import { LeaseLostError } from '../../domain/shared/errors.ts';
import type { PauseGuardBeat } from '../../schemas/pause-guard.ts';
import { PAUSE_ENDS } from '../../schemas/vocabulary.ts';

/** What a guard process offers to its own loop. */
export interface GuardProcess {
  readonly world: GuardWorld;
  /** A clock that nobody can set, in milliseconds. */
  upMs(): number;
  isAskedToStop(): boolean;
  /** What the next sign of life says. */
  say(words: Pick<PauseGuardBeat, 'token' | 'doing' | 'problem'>): void;
  log(text: string): void;
  /** Waits, but not past a request to stop. */
  rest(durationMs: number): Promise<void>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Looks at the marker again and again and ends the pause when its lease has run out, has reached its deadline, or has been let go of; for ever
 * until production is verified to be resumed. Needs no server. Returns when there is nothing left to guard.
 */
export async function guardPause(guard: GuardProcess, rules: GuardRules & { readonly pollMs: number }): Promise<void> {
  let memory = newGuardMemory(guard.upMs());
  let [waitMs, nextUpMs] = [FIRST_WAIT_MS, 0];
  let problem: string | null = null;
  for (;;) {
    const view = look(guard);
    memory = rememberLook(memory, view, rules);
    const step = decideGuardStep(memory, view, rules);
    if (step.act === 'end') return;
    if (step.act === 'wait') [waitMs, nextUpMs, problem] = [FIRST_WAIT_MS, 0, null];
    guard.say({ token: memory.lease?.token ?? null, doing: doingOf(step, memory.lease !== null), problem });
    if (step.act === 'resume' && guard.upMs() >= nextUpMs) {
      problem = await attempt(guard, rules, step);
      nextUpMs = problem === null ? 0 : guard.upMs() + waitMs;
      waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
      if (problem === null) continue;
    }
    await guard.rest(rules.pollMs);
  }
}

function look({ world, upMs, isAskedToStop }: GuardProcess): GuardView {
  return {
    marker: world.leases.read(),
    resumedToken: world.leases.tokens().resumed?.token ?? null,
    nowMs: world.clock.nowMs(),
    upMs: upMs(),
    isAskedToStop: isAskedToStop(),
  };
}

function doingOf({ act }: GuardStep, hasLease: boolean): PauseGuardBeat['doing'] {
  return act === 'resume' ? 'resuming' : hasLease ? 'guarding' : 'idle';
}

/** What kept production from being resumed; null when it is. */
async function attempt(
  { world, log }: GuardProcess,
  { productionUrl }: GuardRules,
  step: GuardStep & { act: 'resume' },
): Promise<string | null> {
  try {
    log(`lease ${step.token ?? 'unknown'}: resuming production, because ${PAUSE_ENDS[step.why]}`);
    const verdict = await world.alone(() => endPause(world, { production_url: productionUrl, token: step.token, why: step.why }));
    const problem = verdict.verdict === 'verified' ? null : verdict.found;
    log(problem === null ? `lease ${step.token ?? 'unknown'}: production is resumed, verified` : `not verified: found ${problem}`);
    return problem;
  } catch (error) {
    // Another lease stands there by now: the next look sees it.
    if (error instanceof LeaseLostError) return null;
    const problem = error instanceof Error ? error.message : String(error);
    log(problem);
    return problem;
  }
}
