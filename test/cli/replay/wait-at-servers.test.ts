import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSlot } from '../../../adapters/bench/slot.ts';
import { openWorkspace } from '../../../adapters/files/workspace.ts';
import { VERSION } from '../../../adapters/program-version.ts';
import { runProgram } from '../../../cli/program.ts';
import { replayRunSchema, type ReplayRun } from '../../../schemas/replay-run.ts';
import { until } from '../../support/engine-client.ts';
import { startModelServer, type ModelServer } from '../../support/model-server/model-server.ts';
import { recordingIo, type RecordingIo } from '../../support/recording-io.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ANSWER = 'Ring the bell, wait for the keeper, open the north lock by hand, and verify the water level on both sides of the gate.';

let workspace: string;
let server: ModelServer;
beforeEach(async () => {
  workspace = join(temporaryFolder(), 'refinery');
  openWorkspace(workspace, VERSION).close();
  const says = { path: 'chat' as const, from: 1, does: { kind: 'say' as const, text: ANSWER, ms: 100 } };
  server = await startModelServer({ models: [{ id: 'keeper-7b' }], faults: [says] });
  const models = { keeper: { base_url: server.url, model: 'keeper-7b' } };
  const config = { replay: { model: 'keeper', models }, cost: { prices: { 'keeper-7b': { input_per_million: 0 } } } };
  writeFileSync(join(workspace, 'lauter.config.json'), JSON.stringify(config));
});
afterEach(() => server.close());

function startReplay(): { readonly io: RecordingIo; readonly ended: Promise<number> } {
  const io = recordingIo({ cwd: workspace });
  const task = ['--task', 'How is the north lock opened?', '--no-retrieval', '--json'];
  return { io, ended: runProgram(['replay', ...task, '--workspace', workspace], io) };
}

function slotAt(url: string): ReturnType<typeof openSlot> {
  return openSlot(workspace, url);
}

/** Until it says that it waits. */
async function isWaiting({ io }: ReturnType<typeof startReplay>): Promise<void> {
  await until(
    () => io.said(),
    (said) => said.includes(`waiting for bt29-tern, which has ${server.url}; interrupt to give up …`),
  );
}

test('a replay waits for the bench that has its server, and is answered when that has ended', async () => {
  const slot = slotAt(server.url);
  await slot.take('bt29-tern');
  const replay = startReplay();
  await isWaiting(replay);
  expect(server.seen).toEqual([]);
  const call = server.next();
  await slot.free('bt29-tern');
  await call;
  const [guest] = slot.guests();
  expect(await replay.ended, replay.io.said()).toBe(0);
  const run: ReplayRun = replayRunSchema.parse(JSON.parse(replay.io.printed()));
  expect(guest).toMatchObject({ owner: run.run_id, pid: process.pid });
  expect([run.answer, slot.guests()]).toEqual([ANSWER, []]);
  expect(replay.io.said().match(/waiting for/g)).toHaveLength(1);
});

test('an interrupt ends the wait: nothing was asked, nothing is logged', async () => {
  await slotAt(server.url).take('bt29-tern');
  const replay = startReplay();
  await isWaiting(replay);
  replay.io.interrupt();
  expect(await replay.ended).toBe(130);
  expect(replay.io.said()).toContain('interrupted; nothing was logged');
  expect([server.seen.length, replay.io.printed()]).toEqual([0, '']);
  expect(existsSync(join(workspace, 'ledger', 'replay_runs.jsonl'))).toBe(false);
});

test('a bench at another server is not waited for', async () => {
  await slotAt('http://127.0.0.1:9/v1').take('bt29-tern');
  const replay = startReplay();
  expect(await replay.ended, replay.io.said()).toBe(0);
  expect(replay.io.said()).not.toContain('waiting');
});
