import { afterAll, beforeAll, expect, test } from 'vitest';
import { stopServer } from '../../adapters/temporal/embedded-server.ts';
import { doctorReportSchema } from '../../schemas/doctor-report.ts';
import { serverStatusSchema, type ServerStatusReport } from '../../schemas/server-status.ts';
import { serverPid, until } from '../support/engine-client.ts';
import { startLauter, startWorker, type Ended } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { writeDesks } from '../support/trace-corpus.ts';
import { leaveWaitingRun } from '../support/waiting-run.ts';
import { runStates } from '../support/workspace-facts.ts';

let space: TestSpace;
let config: object;

beforeAll(() => {
  space = makeTestSpace();
  config = { engine: { heartbeat_timeout_s: 1, threads: 1, give_up_after_s: 1 }, sources: writeDesks(space, 1, 20) };
});
afterAll(() => space.clear());

function lauter(workspace: string, ...args: string[]): Promise<Ended> {
  return startLauter([...args, '--workspace', workspace]).ended;
}

async function status(workspace: string): Promise<ServerStatusReport> {
  const { code, out, err } = await lauter(workspace, 'server', 'status', '--json');
  expect(code, err).toBe(0);
  return serverStatusSchema.parse(JSON.parse(out));
}

test('a server that was started stays up, tells where its pages are, and is stopped when nobody uses it', async () => {
  const workspace = space.workspace(config);
  const first = await lauter(workspace, 'server', 'start', '--json');
  expect(first.code, first.err).toBe(0);
  const started = serverStatusSchema.parse(JSON.parse(first.out));
  expect(started).toMatchObject({ state: 'answering', from: 'workspace', keep: true, users: 0 });
  const second = await lauter(workspace, 'server', 'start', '--json');
  expect(JSON.parse(second.out)).toEqual(started);

  const ui = await lauter(workspace, 'ui');
  expect(ui.out.trim()).toBe(started.ui_address);
  expect((await fetch(ui.out.trim())).status).toBe(200);

  const worker = await startWorker(workspace);
  expect(await status(workspace)).toMatchObject({ users: 1 });
  expect(await lauter(workspace, 'server', 'stop')).toMatchObject({
    code: 2,
    err: expect.stringContaining('expected no command to use it, found 1'),
  });
  worker.signal('SIGINT');
  expect((await worker.ended).code).toBe(130);
  expect((await lauter(workspace, 'server', 'stop')).code).toBe(0);
  expect(await status(workspace)).toMatchObject({ state: 'stopped', pid: null });
  expect((await lauter(workspace, 'ui')).code).toBe(2);
});

test('a worker that brings its server carries a waiting run on, and leaves nothing behind', async () => {
  const workspace = space.workspace(config);
  const run = await leaveWaitingRun(workspace);
  await stopServer(workspace);
  const worker = startLauter(['worker', '--with-server', '--workspace', workspace]);
  await worker.hear(/worker ready/);
  await until(
    () => runStates(workspace),
    ([first]) => first?.state !== 'running',
  );
  expect(runStates(workspace)).toEqual([{ run_id: run, state: 'accepted' }]);

  const examined = await lauter(workspace, 'doctor', '--json');
  expect(examined.code, examined.out).toBe(0);
  const { checks } = doctorReportSchema.parse(JSON.parse(examined.out));
  expect(checks.find(({ name }) => name === 'worker')?.message).toMatch(new RegExp(`^1 worker: ${worker.pid}@`));
  expect(checks.find(({ name }) => name === 'lake')?.message).toMatch(/^2 versions, /);

  worker.signal('SIGTERM');
  expect((await worker.ended).code).toBe(0);
  expect(await serverPid(workspace)).toBe(null);
});

test('a worker without a server waits for one, and gives up in time', async () => {
  const workspace = space.workspace(config);
  await lauter(workspace, 'server', 'start');
  await stopServer(workspace);
  const { code, err } = await lauter(workspace, 'worker');
  expect(code).toBe(2);
  expect(err).toContain(`waiting for the Temporal server of ${workspace}`);
  expect(err).toContain('expected one within 1 s, found none');
});

test('a worker whose server is gone for good gives up, too', async () => {
  const workspace = space.workspace(config);
  await lauter(workspace, 'server', 'start');
  const worker = await startWorker(workspace);
  await stopServer(workspace);
  const { code, err } = await worker.ended;
  expect(code).toBe(2);
  expect(err).toContain('the Temporal server is gone; waiting for it');
});
