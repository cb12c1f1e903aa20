import { rmSync } from 'node:fs';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PauseGuardResult, PauseRequest } from '../../../activities/pause-contract.ts';
import { findGuard } from '../../../adapters/pause/guard-beat.ts';
import { openLeaseFile } from '../../../adapters/pause/lease-file.ts';
import { guardPlaces } from '../../../adapters/pause/pause-places.ts';
import { productionKey } from '../../../adapters/production/production-url.ts';
import { benchRecover } from '../../../cli/commands/bench-recover.ts';
import { pauseGuardId } from '../../../worker/pause-owner.ts';
import { until } from '../../support/engine-client.ts';
import { openPauseEngine, pauseRequest, type PauseEngine } from '../../support/pause-engine.ts';
import { startProduction, type ProductionServer } from '../../support/production-server/production-server.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { makeFolder } from '../../support/temporary-folder.ts';
import type { HarbourResult } from './harbour-run.ts';

const workspace = makeFolder();
const leases = openLeaseFile(workspace);
let engine: PauseEngine;
let production: ProductionServer;
let runs = 0;

beforeAll(async () => {
  engine = await openPauseEngine(workspace);
});
afterAll(async () => {
  await engine.close();
  rmSync(workspace, { recursive: true, force: true });
});
beforeEach(async () => {
  production = await startProduction();
});
afterEach(async () => {
  // Whatever a test leaves behind is ended as in earnest.
  for (const call of ['pause', 'resume', 'health'] as const) delete production.faults[call];
  await markerGone();
  await production.close();
});

function start(changes: Partial<PauseRequest> = {}): Promise<WorkflowHandle> {
  runs += 1;
  return engine.start(pauseRequest(production.url, `run-${runs}`, changes));
}

async function measuring(run: WorkflowHandle): Promise<void> {
  await until(
    () => run.query<boolean>('isMeasuring'),
    (isMeasuring) => isMeasuring,
  );
}

async function markerGone(): Promise<void> {
  await until(
    () => leases.read(),
    ({ kind }) => kind === 'none',
  );
}

function guardResult(): Promise<PauseGuardResult> {
  return engine.client.workflow.getHandle(pauseGuardId(production.url)).result() as Promise<PauseGuardResult>;
}

function guard() {
  return findGuard(guardPlaces(workspace, productionKey(production.url)));
}

async function resultOf(run: WorkflowHandle): Promise<HarbourResult> {
  return (await run.result()) as HarbourResult;
}

describe('a pause that goes well', () => {
  test('guard, marker, pause; measuring; release, resume, verified; then nothing is left', async () => {
    const run = await start();
    await measuring(run);
    expect(guard().state).toBe('answers');
    expect(leases.read()).toMatchObject({ kind: 'lease', lease: { owner: `run-${runs}`, state: 'paused' } });
    expect(production.state.isPaused).toBe(true);
    await run.signal('finish');
    expect(await resultOf(run)).toMatchObject({ taken: true, why: null, is_resumed: true });
    expect([production.state.isPaused, leases.read().kind]).toEqual([false, 'none']);
    expect(await guardResult()).toMatchObject({ state: 'resumed', why: 'released' });
    await until(
      () => guard().state,
      (state) => state === 'gone',
    );
  });

  test('lasts for as long as the owner renews, past several lives of a lease', async () => {
    const run = await start();
    await measuring(run);
    const renewedAt = (): string => {
      const marker = leases.read();
      return marker.kind === 'lease' ? marker.lease.renewed_at : '';
    };
    const seen = new Set<string>();
    await until(
      () => seen.add(renewedAt()).size,
      (renewals) => renewals > 10,
    );
    expect(production.state.isPaused).toBe(true);
    expect(production.count('resume')).toBe(0);
    await run.signal('finish');
    expect(await resultOf(run)).toMatchObject({ is_resumed: true, why: null });
  });

  test('goes on with a fresh history when it lasts long, and is the same pause', async () => {
    const run = await start({ renewals_per_history: 3 });
    await measuring(run);
    const token = (): number | null => {
      const marker = leases.read();
      return marker.kind === 'lease' ? marker.lease.token : null;
    };
    const before = token();
    const parts = async (): Promise<number> => {
      const ids = new Set<string>();
      const query = `WorkflowId = '${pauseGuardId(production.url)}'`;
      for await (const { runId } of engine.client.workflow.list({ query })) ids.add(runId);
      return ids.size;
    };
    await until(parts, (count) => count >= 3);
    expect([token(), production.state.isPaused, production.count('resume')]).toEqual([before, true, 0]);
    await run.signal('finish');
    expect(await resultOf(run)).toMatchObject({ taken: true, why: null, is_resumed: true });
    expect(production.state.isPaused).toBe(false);
  });

  test('P3: nothing is measured before the batch in flight has ended', async () => {
    production.state.batches = 1;
    const run = await start();
    await production.until(({ count }) => count('pause') >= 5);
    expect(await run.query<boolean>('isMeasuring')).toBe(false);
    production.state.batches = 0;
    await measuring(run);
    await run.signal('finish');
    expect(await resultOf(run)).toMatchObject({ taken: true, is_resumed: true });
  });
});

describe('a pause that does not come about', () => {
  test.each([
    ['503', { pause: 503 }],
    ['404', { pause: 404 }],
    ['an answer without a pause', { pause: 'ignored' }],
    ['200 with something else', { pause: 'garbage' }],
    ['a broken connection', { pause: 'reset' }],
  ] as const)('P7: %s: the run is aborted, and nothing is left', async (_, faults) => {
    Object.assign(production.faults, faults);
    const result = await resultOf(await start());
    expect(result).toMatchObject({ taken: false, why: 'pause_failed', is_resumed: true });
    expect(production.count('resume')).toBeGreaterThan(0);
    expect([production.state.isPaused, leases.read().kind]).toEqual([false, 'none']);
  });

  test('P7: a pause that worked although no answer came back is taken back', { timeout: 120_000 }, async () => {
    production.faults.pause = 'unheard';
    expect(await resultOf(await start({ ttl_s: 60, resume_patience_s: 60 }))).toMatchObject({
      taken: false,
      why: 'pause_failed',
      is_resumed: true,
    });
    expect(production.state.isPaused).toBe(false);
  });

  test('P7: nobody is there: aborted, never unpaused by accident', async () => {
    await production.goDown();
    expect(await resultOf(await start())).toMatchObject({ taken: false, why: 'pause_failed', is_resumed: true });
    expect(leases.read().kind).toBe('none');
  });

  test('P7: neither pause nor health: the lease stays pending until production is verified to be unpaused', async () => {
    Object.assign(production.faults, { pause: 500, health: 500 });
    const result = await resultOf(await start({ resume_patience_s: 2 }));
    expect(result).toMatchObject({ taken: false, why: 'pause_failed', is_resumed: false });
    expect(leases.read().kind).toBe('lease');
  });

  test('work in flight that does not end: resumed, aborted', async () => {
    production.state.batches = 1;
    const result = await resultOf(await start({ quiescence_limit_s: 1 }));
    expect(result).toMatchObject({ taken: false, why: 'not_quiescent', is_resumed: true });
    expect(production.state.isPaused).toBe(false);
  });

  test('a second pause is refused while the first one holds, and does not touch it', async () => {
    const first = await start();
    await measuring(first);
    expect(await resultOf(await start())).toMatchObject({
      taken: false,
      why: 'refused',
      detail: expect.stringContaining(`run-${runs - 1}`),
    });
    expect([production.state.isPaused, production.count('resume')]).toEqual([true, 0]);
    await first.signal('finish');
    expect(await resultOf(first)).toMatchObject({ is_resumed: true, why: null });
  });

  test('a production that somebody else has paused is refused, and stays as it is', async () => {
    production.state.pause();
    expect(await resultOf(await start())).toMatchObject({
      taken: false,
      why: 'refused',
      detail: expect.stringContaining('paused already'),
    });
    expect([production.state.isPaused, production.count('resume')]).toEqual([true, 0]);
  });
});

describe('a pause that is cut short', () => {
  test.each([
    ['restarts', (server: ProductionServer) => server.state.restart()],
    ['forgets its pause', (server: ProductionServer) => void server.state.resume()],
  ])('production %s: the run stops and production is resumed', async (_, happen) => {
    const run = await start();
    await measuring(run);
    happen(production);
    expect(await resultOf(run)).toMatchObject({ taken: true, why: 'prod_restart', is_resumed: true });
    expect([production.state.isPaused, leases.read().kind]).toEqual([false, 'none']);
  });

  test('the deadline is reached: the run is told, production is resumed', async () => {
    const run = await start({ max_pause_s: 4 });
    await measuring(run);
    expect(await resultOf(run)).toMatchObject({ taken: true, why: 'deadline', is_resumed: true });
    expect(production.state.isPaused).toBe(false);
  });

  test('the run is cancelled: production is resumed and verified before it ends', async () => {
    const run = await start();
    await measuring(run);
    await run.cancel();
    await expect(run.result()).rejects.toThrow();
    expect([production.state.isPaused, leases.read().kind]).toEqual([false, 'none']);
  });

  test('the run is cancelled while it waits for work in flight', async () => {
    production.state.batches = 1;
    const run = await start();
    await production.until(({ count }) => count('pause') >= 2);
    await run.cancel();
    await expect(run.result()).rejects.toThrow();
    await markerGone();
    expect(production.state.isPaused).toBe(false);
  });

  test('the run is terminated: nobody renews, and the guard ends the pause', async () => {
    const run = await start();
    await measuring(run);
    await run.terminate();
    await markerGone();
    expect(production.state.isPaused).toBe(false);
    expect(await guardResult()).toMatchObject({ state: 'resumed', why: 'ttl' });
  });

  test('the worker of the run is gone: nobody renews, and the guard ends the pause without it', async () => {
    const run = await start();
    await measuring(run);
    await engine.stopWorker();
    await markerGone();
    expect(production.state.isPaused).toBe(false);
    await engine.startWorker();
    expect(await resultOf(run)).toMatchObject({ taken: true, why: 'ttl', is_resumed: true });
  });

  test('the guard is killed: the next renewal brings another one', async () => {
    const run = await start({ ttl_s: 20 });
    await measuring(run);
    const { beat } = guard();
    process.kill(beat!.pid, 'SIGKILL');
    await until(guard, ({ state, beat: found }) => state === 'answers' && found.pid !== beat!.pid && found.token !== null);
    await run.signal('finish');
    expect(await resultOf(run)).toMatchObject({ taken: true, why: null, is_resumed: true });
    expect(production.state.isPaused).toBe(false);
  });
});

describe('a resume that is not verified', () => {
  test('the run learns that it is pending; the guard goes on, and ends when it is verified', async () => {
    const run = await start({ resume_patience_s: 2 });
    await measuring(run);
    production.faults.resume = 'ignored';
    await run.signal('finish');
    expect(await resultOf(run)).toMatchObject({ taken: true, is_resumed: false });
    expect(leases.read()).toMatchObject({ kind: 'lease', lease: { state: expect.stringMatching(/resum/) } });
    delete production.faults.resume;
    await markerGone();
    expect(production.state.isPaused).toBe(false);
    expect(await guardResult()).toMatchObject({ state: 'resumed' });
  });
});

test('P9: recover refuses while the run is open and renews, although its process cannot be seen', async () => {
  const run = await start();
  await measuring(run);
  const io = recordingIo({ cwd: workspace });
  expect(await benchRecover(io, { workspace })).toBe(1);
  expect([production.state.isPaused, production.count('resume')]).toEqual([true, 0]);
  await run.signal('finish');
  expect(await resultOf(run)).toMatchObject({ is_resumed: true });
});
