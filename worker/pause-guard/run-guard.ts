import { setTimeout as sleep } from 'node:timers/promises';
import type { GuardWorld } from '../../activities/pause/world.ts';
import { now } from '../../adapters/clock.ts';
import { tryLock } from '../../adapters/lock-file.ts';
import { removeBeat } from '../../adapters/pause/guard-beat.ts';
import { guardPlaces } from '../../adapters/pause/pause-places.ts';
import { showProductionUrl } from '../../adapters/production/production-url.ts';
import { sweepTemporaries } from '../../adapters/scratch.ts';
import { openLease } from '../../domain/pause/index.ts';
import type { PauseGuardSettings } from '../../schemas/pause-guard.ts';
import { createGuardWorld } from './guard-world.ts';
import { guardPause, type GuardProcess } from './guard-pause.ts';
import type { ServedActivities } from './serve-activities.ts';
import { startBeats } from './start-beats.ts';

/** Exit code of a guard that found another one at work. */
const ANOTHER_IS_THERE = 3;

/**
 * The guard of one production system, until there is nothing left to guard; its exit code. SIGTERM makes it resume production and then end; a closed
 * terminal and Ctrl-C mean nothing to it.
 */
export async function runGuard(settings: PauseGuardSettings, env: NodeJS.ProcessEnv): Promise<number> {
  const places = guardPlaces(settings.workspace, settings.key);
  const attempt = tryLock(places.lock, { version: '' });
  if (!attempt.taken) return ANOTHER_IS_THERE;
  // What a guard before this one left behind when it was killed.
  sweepTemporaries(places.folder, 'top');
  const stop = hearSignals();
  surviveErrors();
  log(`guard ${process.pid} of ${showProductionUrl(settings.production_url)}`);
  const beats = startBeats(places, showProductionUrl(settings.production_url), log);
  const world = createGuardWorld(settings.workspace, () => beats.words().doing === 'ending');
  const guard: GuardProcess = {
    world,
    upMs: () => performance.now(),
    isAskedToStop: () => stop.aborted,
    say: beats.say,
    log,
    rest: (durationMs) => rest(durationMs, stop),
  };
  do {
    const served = serve(world, settings, env);
    await guardWhatever(guard, settings);
    beats.say({ token: null, doing: 'ending', problem: null });
    await (await served)?.stop();
    await world.alone(async () => undefined);
    // A lease may have been opened just before that.
  } while (openLease(world.leases.read())?.production_url === settings.production_url);
  beats.stop();
  log('nothing left to guard');
  removeBeat(places);
  attempt.lock.release();
  return 0;
}

/** The guard's loop, begun anew after an error that nobody thought of. */
async function guardWhatever(guard: GuardProcess, settings: PauseGuardSettings): Promise<void> {
  const { production_url: productionUrl, idle_s, ttl_s, poll_ms: pollMs } = settings;
  for (;;) {
    try {
      return await guardPause(guard, { productionUrl, idleMs: idle_s * 1000, ttlMs: ttl_s * 1000, pollMs });
    } catch (error) {
      log(`unexpected: ${tell(error)}`);
      await sleep(pollMs);
    }
  }
}

/** Loaded apart: where the engine's library cannot be loaded, production is resumed all the same. Null then. */
async function serve(
  world: GuardWorld,
  { workspace, queue }: PauseGuardSettings,
  env: NodeJS.ProcessEnv,
): Promise<ServedActivities | null> {
  try {
    const { serveActivities } = await import('./serve-activities.ts');
    return serveActivities(world, { workspace, queue, env, log });
  } catch (error) {
    log(`activities are not served: ${tell(error)}`);
    return null;
  }
}

function hearSignals(): AbortSignal {
  const stop = new AbortController();
  process.on('SIGTERM', () => stop.abort());
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
  return stop.signal;
}

function surviveErrors(): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => log(`unexpected: ${tell(error)}`));
}

/** Rests, but hears a request to stop that comes meanwhile. */
async function rest(durationMs: number, stop: AbortSignal): Promise<void> {
  await sleep(durationMs, undefined, stop.aborted ? {} : { signal: stop }).catch(() => undefined);
}

function log(text: string): void {
  process.stdout.write(`${now()} ${text}\n`);
}

function tell(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
