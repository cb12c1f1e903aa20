import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWorkspace } from '../../adapters/files/workspace.ts';
import { readConfig } from '../../adapters/files/config-file.ts';
import { serverStatus } from '../../adapters/temporal/embedded-server.ts';
import { findSchedule, reconcileSchedules, type DeclaredSchedule, type SchedulePlace } from '../../adapters/temporal/schedules.ts';
import { createRedactor } from '../../domain/redaction/index.ts';
import { scheduleListSchema, type ScheduleList } from '../../schemas/schedule-list.ts';
import { queueOf } from '../../worker/index.ts';
import { killProcess } from '../support/bench-processes.ts';
import { serverPid, until, withClient } from '../support/engine-client.ts';
import { startTypeScript, startWorker, type LauterCommand } from '../support/lauter-command.ts';
import { makeProbeScene, type ProbeScene } from '../support/probe-scene.ts';

const MISSING = { quality: { fixture: '../sunk.jsonl' } };

let scene: ProbeScene;
beforeAll(async () => {
  scene = await makeProbeScene({ nightly: MISSING });
  const started = await scene.lauter('server', 'start');
  expect(started.code, started.err).toBe(0);
});
afterAll(() => scene.close());

async function listed(): Promise<ScheduleList['schedules']> {
  const { code, out, err } = await scene.lauter('schedule', 'list', '--json');
  expect(code, err).toBe(0);
  return scheduleListSchema.parse(JSON.parse(out)).schedules;
}

async function applied(): Promise<{ code: number; err: string; changes: { name: string; change: string }[] }> {
  const { code, out, err } = await scene.lauter('schedule', 'apply', '--json');
  return { code, err, changes: (JSON.parse(out) as { changes: { name: string; change: string }[] }).changes };
}

test('apply reconciles: twice is not doubled, an edited hour is followed, a pause is told and ended, and nobody to run it is loud', async () => {
  expect((await listed()).map(({ name, state }) => [name, state])).toEqual([['nightly', 'missing']]);
  const first = await applied();
  expect(first).toMatchObject({ code: 1, changes: [{ name: 'nightly', change: 'created' }] });
  expect(first.err).toMatch(/NOTHING IS UP TO RUN IT[^]*worker --with-server/);

  // One that is up is told so, and what it begins with is what the config says by then.
  scene.configure({ ...MISSING, cron: '15 4 * * 1-5', time_zone: 'Europe/Lisbon', catch_up_s: 3_600 });
  expect(await listed()).toMatchObject([{ state: 'differs', cron: '30 3 * * *' }]);
  const worker = await startWorker(scene.workspace);
  expect(worker.said()).toContain('schedule nightly updated');
  expect(await applied()).toMatchObject({ code: 0, changes: [{ name: 'nightly', change: 'unchanged' }] });
  const [nightly, ...more] = await listed();
  expect(more).toEqual([]);
  expect(nightly).toMatchObject({ state: 'active', cron: '15 4 * * 1-5', time_zone: 'Europe/Lisbon', catch_up_s: 3_600, overlap: 'skip' });

  expect((await scene.lauter('schedule', 'pause', 'nightly', '--note', 'the harbour is shut')).code).toBe(0);
  expect(await listed()).toMatchObject([{ state: 'paused', note: 'the harbour is shut' }]);
  expect(await applied()).toMatchObject({ changes: [{ change: 'resumed' }] });

  expect((await scene.lauter('probe', 'nightly', 'disable')).code).toBe(0);
  expect(readConfig(`${scene.workspace}/lauter.config.json`, createRedactor([])).probe.nightly.enabled).toBe(false);
  expect(await listed()).toEqual([]);
  const gone = await scene.lauter('schedule', 'trigger', 'nightly');
  expect([gone.code, gone.err]).toEqual([2, expect.stringContaining('expected one of that name, found none')]);
  expect((await scene.lauter('probe', 'nightly', 'enable')).code).toBe(0);
  expect(await listed()).toMatchObject([{ name: 'nightly', state: 'active' }]);
  worker.signal('SIGTERM');
  expect((await worker.ended).code).toBe(0);
});

const EVERY_MS = 1_000;
const SLOW_MS = 3_000;
/** Known by an id of its own, so that it stands in nobody's way. */
const BY_HAND = { probe: 'nightly', run_id: 'brief' };

test('a schedule fires, does not overlap, follows an edited config, survives server and worker, and makes up what it missed as configured', async () => {
  scene.configure(MISSING);
  let worker = await startBareWorker();
  await withPlace(async (place) => {
    await reconcileSchedules(place, [every('nightly', EVERY_MS, 600)]);
    await until(scene.rows, (rows) => rows.length >= 2);
    const rows = scene.rows();
    expect(new Set(rows.map(({ run_uid: uid }) => uid)).size).toBe(rows.length);
    expect(rows[0]).toMatchObject({ outcome: 'error', kind: 'quality', detail: expect.stringContaining('sunk.jsonl') });
    // By when it was due, not by when it began.
    for (const { scheduled_at: at, run_uid: uid } of rows) {
      expect(Date.parse(at!) % EVERY_MS).toBe(0);
      expect(uid).toContain(at);
    }
    scene.configure({});
    await until(scene.rows, (all) => all.some(({ outcome }) => outcome === 'pass'));
    await until(
      () => findSchedule(place, 'nightly'),
      (found) => (found?.skipped ?? 0) > 0,
    );
    expect(await overlapping(place.client as Client)).toEqual([]);
    // Both wait in their own way for the server that is about to die: one schedule makes up ten minutes, the other ten seconds.
    scene.configure(MISSING);
    await reconcileSchedules(place, [every('nightly', SLOW_MS, 600), { ...every('brief', SLOW_MS, 10), input: BY_HAND }]);
    const begun = new Date().toISOString();
    await until(
      async () => Promise.all(['nightly', 'brief'].map((name) => findSchedule(place, name))),
      (all) => all.every((found) => (found?.lastAt ?? '') > begun && found?.running === 0),
    );
    // One that still went on would be what the missed ones are left out for.
    await until(
      async () => (await (place.client as Client).workflow.count("ExecutionStatus = 'Running' AND WorkflowType = 'nightlyProbe'")).count,
      (count) => count === 0,
    );
  });
  killProcess((await serverPid(scene.workspace))!);
  await worker.kill();
  const downAt = Date.now();
  const before = scene.rows().length;
  // Longer than the shorter window: there is nothing that could be waited for but time.
  await until(Date.now, (now) => now > downAt + 14_000);
  expect((await scene.lauter('server', 'start')).code).toBe(0);
  const upAt = Date.now();
  worker = await startBareWorker();
  await withPlace(async (place) => {
    const later = await until(
      () =>
        scene
          .rows()
          .slice(before)
          .flatMap(({ scheduled_at: at }) => (at === undefined ? [] : [Date.parse(at)])),
      (due) => due.some((at) => at > upAt),
    );
    // With `skip` the oldest of those that were missed is made up, and the others were due while it went on.
    const missed = later.filter((at) => at > downAt && at < upAt - 10_000);
    expect(missed).toHaveLength(1);
    expect(missed[0]).toBeLessThanOrEqual(downAt + SLOW_MS);
    expect((await findSchedule(place, 'nightly'))!.missed).toBe(0);
    expect((await findSchedule(place, 'brief'))!.missed).toBeGreaterThan(0);
    expect(await overlapping(place.client as Client)).toEqual([]);
    expect(await reconcileSchedules(place, [])).toEqual([
      { name: 'brief', change: 'removed' },
      { name: 'nightly', change: 'removed' },
    ]);
  });
  const uids = scene.rows().map(({ run_uid: uid }) => uid);
  expect(new Set(uids).size).toBe(uids.length);
  await worker.kill();
});

function every(name: string, every_ms: number, catch_up_s: number): DeclaredSchedule {
  const when = { cron: '30 3 * * *', time_zone: 'UTC', jitter_s: 0, overlap: 'skip' } as const;
  return { name, workflow: 'nightlyProbe', input: { probe: 'nightly' }, ...when, catch_up_s, every_ms };
}

async function startBareWorker(): Promise<LauterCommand> {
  const { last } = await serverStatus(scene.workspace);
  const file = fileURLToPath(new URL('../support/bare-worker.ts', import.meta.url));
  const worker = startTypeScript([file, scene.workspace, readWorkspace(scene.workspace)!.id, last!.address]);
  await worker.hear(/worker ready/);
  return worker;
}

function withPlace(use: (place: SchedulePlace) => Promise<void>): Promise<void> {
  const { id: workspaceId } = readWorkspace(scene.workspace)!;
  return withClient(scene.workspace, (client) => use({ client, workspaceId, taskQueue: queueOf(workspaceId) }));
}

/** Runs of one schedule that began before the one before had ended. */
async function overlapping(client: Client): Promise<string[]> {
  const runs: { id: string; from: number; to: number }[] = [];
  for await (const { workflowId, startTime, closeTime } of client.workflow.list({ query: "WorkflowType = 'nightlyProbe'" })) {
    runs.push({ id: workflowId, from: startTime.getTime(), to: closeTime?.getTime() ?? Number.POSITIVE_INFINITY });
  }
  const nightly = runs.filter(({ id }) => id.startsWith('nightly-')).sort((left, right) => left.from - right.from);
  return nightly.flatMap(({ id, from }, at) => (at > 0 && from < nightly[at - 1]!.to ? [id] : []));
}
