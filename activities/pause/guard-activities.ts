import { ApplicationFailure, Context } from '@temporalio/activity';
import { findRestart, judgePause, tellAnswer } from '../../domain/pause/index.ts';
import { EngineError } from '../../domain/shared/errors.ts';
import type { LeaseCall, LeaseOpening, PauseGuardActivities, Quiescence } from '../pause-contract.ts';
import { isLeaseOpen, markLease, openNewLease } from './leases.ts';
import { pauseWhileOpen } from './pause-while-open.ts';
import { resumeProduction } from './resume-production.ts';
import { unexpectedOf } from './unexpected.ts';
import type { GuardWorld } from './world.ts';

type Input<Name extends keyof PauseGuardActivities> = Parameters<PauseGuardActivities[Name]>[0];

/** The activities of the detached guard process. */
export function createPauseGuardActivities(world: GuardWorld): PauseGuardActivities {
  return {
    openLease: (input) => openLease(world, input),
    pauseProduction: (input) => pauseProduction(world, input),
    awaitQuiescence: (input) => awaitQuiescence(world, input),
    watchPause: (input) => watchPause(world, input),
    resumeProduction: (input) => world.alone(() => resumeProduction(world, input)),
  };
}

async function openLease(world: GuardWorld, input: Input<'openLease'>): Promise<LeaseOpening> {
  if (world.isEnding()) throw new EngineError('opening a pause lease: expected a guard that stays, found one that ends.', 'Ask again.');
  const { production_url, owner, owner_process, ttl_s, max_pause_s } = input;
  const found = world.leases.read();
  const health = await world.production(production_url).health();
  if (found.kind === 'none' && health.kind === 'answered' && health.body.paused)
    return { opened: false, found: 'production paused already, by somebody else' };
  const nowMs = world.clock.nowMs();
  const now = new Date(nowMs).toISOString();
  const deadline_at = new Date(nowMs + max_pause_s * 1000).toISOString();
  const draft = { owner, production_url, ...owner_process, started_at: now, ttl_s, renewed_at: now, deadline_at };
  const opening = await openNewLease(world.leases, draft);
  if (!opening.opened) return opening;
  const { token, started_at } = opening.lease;
  return { opened: true, token, started_at, deadline_at: opening.lease.deadline_at };
}

async function pauseProduction(world: GuardWorld, input: LeaseCall): ReturnType<PauseGuardActivities['pauseProduction']> {
  const pause = await pauseWhileOpen(world, input);
  const verdict = judgePause(
    pause,
    pause.kind === 'answered' ? await world.production(input.production_url).health() : { kind: 'refused' },
  );
  if (verdict.verdict === 'failed') {
    const error = unexpectedOf('pausing production', '200 and health with `paused` true', verdict.found);
    if (verdict.isWorthRetrying) throw error;
    throw ApplicationFailure.create({ message: error.message, type: error.name, nonRetryable: true });
  }
  await markLease(world.leases, input.token, 'paused');
  return { production: verdict.production, is_quiescent: verdict.isQuiescent };
}

async function awaitQuiescence(world: GuardWorld, input: Input<'awaitQuiescence'>): Promise<Quiescence> {
  const production = world.production(input.production_url);
  const context = Context.current();
  const endMs = world.clock.nowMs() + input.limit_s * 1000;
  for (;;) {
    context.heartbeat();
    const restart = findRestart({ was: 'paused', ...input.production }, await production.health());
    if (restart !== null) return { state: 'prod_restart', detail: restart };
    const pause = await pauseWhileOpen(world, input);
    if (pause.kind === 'answered' && pause.body.in_flight_finished) return { state: 'quiescent' };
    if (world.clock.nowMs() + input.poll_every_s * 1000 > endMs) {
      const found = pause.kind === 'answered' ? 'work in flight' : tellAnswer(pause);
      return { state: 'not_quiescent', detail: `after ${input.limit_s} s still ${found}` };
    }
    await context.sleep(input.poll_every_s * 1000);
  }
}

async function watchPause(world: GuardWorld, input: Input<'watchPause'>): ReturnType<PauseGuardActivities['watchPause']> {
  const production = world.production(input.production_url);
  const context = Context.current();
  for (;;) {
    context.heartbeat();
    const restart = findRestart({ was: 'paused', ...input.production }, await production.health());
    // Looked at afterwards: production that our own guard has resumed did not restart.
    if (!isLeaseOpen(world.leases, input.token)) return { seen: 'lease_ended', detail: 'the guard has ended the pause' };
    if (restart !== null) return { seen: 'prod_restart', detail: restart };
    await context.sleep(input.every_s * 1000);
  }
}
