import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findGuard } from '../../../adapters/pause/guard-beat.ts';
import { openLeaseFile } from '../../../adapters/pause/lease-file.ts';
import { guardPlaces } from '../../../adapters/pause/pause-places.ts';
import { productionKey } from '../../../adapters/production/production-url.ts';
import { acquireServer, serverStatus, type AcquiredServer } from '../../../adapters/temporal/embedded-server.ts';
import { createRandom, type Random } from '../../../domain/shared/random.ts';
import { startProgram } from '../../support/child-program.ts';
import { bundlePauseWorkflows, pauseRequest } from '../../support/pause-engine.ts';
import { startProduction, type Call, type ProductionServer } from '../../support/production-server/production-server.ts';
import { makeFolder } from '../../support/temporary-folder.ts';
import type { HarbourTrial } from './harbour-worker.ts';

const TRIALS = Number(process.env['LAUTER_PAUSE_KILLS'] ?? 3);
const SEED = Number(process.env['LAUTER_KILL_SEED'] ?? Date.now() % 1_000_000);
const TTL_S = 3;
/** What is promised: production runs again this long after everything but the guard was killed. */
const PROMISE_MS = (TTL_S + 30) * 1000;

const MOMENT_LIMIT_MS = 90_000;

const workspace = makeFolder();
const bundle = join(workspace, 'bundle.js');
let servers: AcquiredServer[] = [];

beforeAll(async () => {
  console.log(`${TRIALS} trials with LAUTER_KILL_SEED=${SEED}`);
  writeFileSync(bundle, (await bundlePauseWorkflows()).code);
});
afterAll(async () => {
  for (const server of servers.reverse()) await server.release();
  rmSync(workspace, { recursive: true, force: true });
});

/** Who is killed, and when: so many calls of this kind after the start, and then so long. */
interface Kill {
  readonly targets: readonly ('worker' | 'server' | 'guard')[];
  readonly after: readonly [call: Call, count: number];
  readonly delayMs: number;
  readonly hasBatch: boolean;
}

function drawKill(random: Random): Kill {
  const targets = random.pick<Kill['targets']>([['worker'], ['worker', 'server'], ['server', 'worker']]);
  // From the guard's first look at health, over the pause and the wait for a batch, to the middle of the measured work.
  const call: Call = random.int(2) === 0 ? 'health' : 'pause';
  const count = 1 + random.int(call === 'health' ? 12 : 1);
  return { targets, after: [call, count], delayMs: random.int(400), hasBatch: random.int(3) === 0 };
}

interface Outcome {
  /** Null when production was still paused, or its marker still there, at the end of the promise. */
  readonly resumedAfterMs: number | null;
  readonly wasPaused: boolean;
}

async function runTrial(name: string, kill: Kill, promiseMs = PROMISE_MS): Promise<Outcome> {
  const production = await startProduction();
  production.state.batches = kill.hasBatch ? 1 : 0;
  const address = await haveServer();
  const request = pauseRequest(production.url, `run-${name}`, { guard_id: `pause-guard-${name}`, ttl_s: TTL_S, quiescence_limit_s: 60 });
  const trial: HarbourTrial = { address, workspace, queue: `harbour-${name}`, bundle, request };
  const worker = startProgram(new URL('harbour-worker.ts', import.meta.url), [JSON.stringify(trial)]);
  const leases = openLeaseFile(workspace);
  const places = guardPlaces(workspace, productionKey(production.url));
  try {
    await inTime(production.until(({ count }) => count(kill.after[0]) >= kill.after[1]));
    await sleep(kill.delayMs);
    const wasPaused = production.state.isPaused;
    if (kill.targets.includes('guard')) killProcess(findGuard(places).beat!.pid);
    for (const target of kill.targets) if (target !== 'guard') await killTarget(target, worker);
    const startMs = performance.now();
    // The marker goes last, and only when the resume is verified.
    const isOver = (): boolean => !production.state.isPaused && leases.read().kind === 'none';
    while (!isOver() && performance.now() - startMs < promiseMs) await sleep(20);
    return { resumedAfterMs: isOver() ? performance.now() - startMs : null, wasPaused };
  } finally {
    await worker.kill();
    await leaveNothing(production, places);
  }
}

/** A run that is refused, or that ends before its moment, is a fault of the trial. */
async function inTime(moment: Promise<void>): Promise<void> {
  const limit = new AbortController();
  const late = sleep(MOMENT_LIMIT_MS, 'late', { signal: limit.signal });
  const outcome = await Promise.race([moment, late]);
  limit.abort();
  late.catch(() => undefined);
  if (outcome === 'late') throw new Error(`the moment of the kill did not come within ${MOMENT_LIMIT_MS / 1000} s`);
}

async function haveServer(): Promise<string> {
  const server = await acquireServer({ env: process.env, workspaceDir: workspace, headless: true });
  servers = [...servers, server];
  return server.address;
}

async function killTarget(target: 'worker' | 'server', worker: ReturnType<typeof startProgram>): Promise<void> {
  if (target === 'worker') return worker.kill();
  const { last } = await serverStatus(workspace);
  if (last !== null) killProcess(last.pid);
}

async function leaveNothing(production: ProductionServer, places: ReturnType<typeof guardPlaces>): Promise<void> {
  const { state, beat } = findGuard(places);
  if (state !== 'gone' && beat !== null) killProcess(beat.pid);
  while (findGuard(places).state !== 'gone') await sleep(20);
  await openLeaseFile(workspace).change(() => ({ result: undefined, marker: 'remove' }));
  await production.close();
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

describe('production is never left paused', () => {
  const random = createRandom(SEED);
  test.each(Array.from({ length: TRIALS }, (_, index) => index + 1))('trial %i', async (number) => {
    const kill = drawKill(random);
    const story = `LAUTER_KILL_SEED=${SEED}, trial ${number}: ${JSON.stringify(kill)}`;
    const { resumedAfterMs, wasPaused } = await runTrial(`${SEED}-${number}`, kill);
    console.log(
      `${story}: ${wasPaused ? 'paused' : 'not paused'}, over after ${resumedAfterMs === null ? 'never' : `${Math.round(resumedAfterMs)} ms`}`,
    );
    expect(resumedAfterMs, story).not.toBe(null);
  });
});

test('with the guard killed as well, a trial finds production left paused: it can fail', async () => {
  const kill: Kill = { targets: ['guard', 'worker'], after: ['health', 8], delayMs: 0, hasBatch: false };
  expect(await runTrial(`${SEED}-control`, kill, 2 * TTL_S * 1000)).toEqual({ resumedAfterMs: null, wasPaused: true });
});
