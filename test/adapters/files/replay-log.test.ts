import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendReplayRun, appendReplayRunOnce, replayLogBytes, requireOwnReplayLog } from '../../../adapters/files/replay-log.ts';
import { WorkspaceError } from '../../../domain/shared/errors.ts';
import { replayRunSchema, type ReplayRun } from '../../../schemas/replay-run.ts';
import { REPLAY_FIXTURES } from '../../schemas/replay-fixtures.ts';
import { makeFolder, removeFolder } from '../../support/temporary-folder.ts';

let root: string;
let log: string;
beforeEach(() => {
  root = makeFolder({});
  log = join(root, 'ledger', 'replay_runs.jsonl');
});
afterEach(() => removeFolder(root));

function runOf(id: string, answer = 'Ring the bell.'): ReplayRun {
  return replayRunSchema.parse({ ...(REPLAY_FIXTURES.replayRunSchema!.accepts[0] as object), run_id: id, answer });
}

function idsIn(): string[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as ReplayRun).run_id);
}

describe('the log of replays', () => {
  test('grows by a line for each run, also where several are written at once', async () => {
    await Promise.all(['dawn', 'noon', 'dusk'].map((id) => appendReplayRun(root, runOf(id))));
    expect(idsIn().sort()).toEqual(['dawn', 'dusk', 'noon']);
    expect(existsSync(`${log}.lock`)).toBe(false);
  });

  test('holds a run once, however many attempts come to it at once', async () => {
    await appendReplayRun(root, runOf('before'));
    const from = replayLogBytes(root);
    await Promise.all(['dawn', 'dawn', 'noon', 'dawn', 'noon'].map((id) => appendReplayRunOnce(root, runOf(id), from)));
    expect(idsIn().sort()).toEqual(['before', 'dawn', 'noon']);
  });

  test('is read from its beginning where it was rotated since', async () => {
    await appendReplayRunOnce(root, runOf('dawn'), 0);
    await appendReplayRunOnce(root, runOf('dawn'), 1_000_000);
    expect(idsIn()).toEqual(['dawn']);
  });

  test('finds the end of a line that is longer than what is read at a time', async () => {
    await appendReplayRun(root, runOf('long', 'bell '.repeat(40_000)));
    await appendReplayRun(root, runOf('short'));
    expect(idsIn()).toEqual(['long', 'short']);
  });

  test('clears away a row that was cut off while it was written, and nothing else', async () => {
    await appendReplayRun(root, runOf('whole'));
    appendFileSync(log, '{"schema":"replay_run/1","run_id":"cu');
    await appendReplayRun(root, runOf('next'));
    expect(idsIn()).toEqual(['whole', 'next']);
  });

  test('gives its end to a row that only lacks that', async () => {
    mkdirSync(join(root, 'ledger'));
    writeFileSync(log, JSON.stringify(runOf('unended')));
    await appendReplayRun(root, runOf('next'));
    expect(idsIn()).toEqual(['unended', 'next']);
  });

  test('is left as it is when a newer version wrote it', async () => {
    await appendReplayRun(root, runOf('old'));
    appendFileSync(log, '{"schema":"replay_run/2","run_id":"newer"}\n');
    const before = readFileSync(log, 'utf8');
    expect(() => requireOwnReplayLog(root)).toThrow(/replay_run\/2 of a newer version/);
    await expect(appendReplayRun(root, runOf('next'))).rejects.toThrow(WorkspaceError);
    expect(readFileSync(log, 'utf8')).toBe(before);
    expect(existsSync(`${log}.lock`)).toBe(false);
  });

  test('may be missing or empty', async () => {
    requireOwnReplayLog(root);
    mkdirSync(join(root, 'ledger'));
    writeFileSync(log, '');
    requireOwnReplayLog(root);
    await appendReplayRun(root, runOf('first'));
    expect(idsIn()).toEqual(['first']);
  });
});
