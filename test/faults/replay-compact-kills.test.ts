import { appendFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { appendReplayRunOnce } from '../../adapters/files/replay-log.ts';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { compactLog } from '../../cli/replay/compact-log.ts';
import { startProgram } from '../support/child-program.ts';
import { ask } from '../support/harbor-workspace.ts';
import { startTypeScript } from '../support/lauter-command.ts';
import { loggedIds, makeReplayWorkspace, replayLogPath, replayLogText, replayRun } from '../support/replay-log.ts';
import { removeFolder } from '../support/temporary-folder.ts';

const COMPACTOR = new URL('log-compactor.ts', import.meta.url);
/** Calls from the finished Parquet file on: the renames, the cleaning up, and what makes them durable. */
const LAST_CALLS = 11;
const IDS = ['dawn', 'noon', 'dusk'];

let root = '';
afterEach(() => removeFolder(root));

/** A log of three runs, two of them alike, and of a line that was cut off. */
function fill(): void {
  root = makeReplayWorkspace(IDS.map((id) => replayRun(id, id === 'dusk' ? { answer: 'Ring it twice.' } : {})));
  appendFileSync(replayLogPath(root), '{"schema":"replay_run/1","run_id":"cu');
}

function archives(): string[] {
  const folder = join(root, 'ledger', 'replay_runs');
  return existsSync(folder) ? readdirSync(folder) : [];
}

async function callsUndisturbed(): Promise<number> {
  fill();
  const compactor = startProgram(COMPACTOR, [root, 'never']);
  const said = await compactor.hear();
  expect(await compactor.ended()).toBe(0);
  removeFolder(root);
  const [, state, calls] = /^(\w+) (\d+)$/.exec(said) ?? [];
  expect(state).toBe('compacted');
  return Number(calls);
}

describe('a compaction that is killed', () => {
  test('behind any call that moves a file has lost no run and shows none twice, and the next one ends it', async () => {
    const calls = await callsUndisturbed();
    expect(calls).toBeGreaterThan(8);
    const found = new Set<string>();
    // Before them there are only the lock and the scratch folder.
    for (let fatal = Math.max(1, calls - LAST_CALLS); fatal < calls; fatal += 1) {
      fill();
      const compactor = startProgram(COMPACTOR, [root, String(fatal)]);
      expect(await compactor.ended()).toBeNull();
      found.add([existsSync(replayLogPath(root)) ? 'log' : '', ...archives().map((name) => name.replace(/.*\./, ''))].join(' '));

      expect((await loggedIds(root)).sort(), `killed at ${fatal}`).toEqual(IDS.toSorted());
      // A queue that goes on: one run that stands there, and one that does not.
      await appendReplayRunOnce(root, replayRun('noon'), 0);
      await appendReplayRunOnce(root, replayRun('night'), 0);
      expect((await loggedIds(root)).sort()).toEqual([...IDS, 'night'].sort());
      expect(await ask(root, 'SELECT count(*) AS runs FROM replays')).toEqual([{ runs: 4 }]);
      await compactLog(root, 0);
      expect((await loggedIds(root)).sort()).toEqual([...IDS, 'night'].sort());
      expect(archives().filter((name) => !name.endsWith('.parquet'))).toEqual([]);
      openWorkspace(root, '1.0.0').close();
      expect(readdirSync(join(root, 'lake', 'scratch'))).toEqual([]);
      removeFolder(root);
    }
    // The harness came to every state that there is between the log and its archive.
    expect([...found].sort()).toEqual([' jsonl', ' jsonl parquet', ' parquet', 'log']);
  });
});

test('without room a compaction leaves everything as it was, and says so', async () => {
  root = makeReplayWorkspace(
    Array.from({ length: 60 }, (_, number) => replayRun(`run-${number}`, { answer: `bell ${'7'.repeat(3_000)} ${number}` })),
  );
  const before = replayLogText(root);
  expect(statSync(replayLogPath(root)).size).toBeGreaterThan(200_000);
  const { out } = await startTypeScript([COMPACTOR.pathname, root, 'never'], { shell: 'ulimit -f 100; exec "$@"' }).ended;
  expect(out).toMatch(/^writing \S+: expected room on the disk, found none/);
  expect(replayLogText(root)).toBe(before);
  expect(archives()).toEqual([]);
  expect(readdirSync(join(root, 'lake', 'scratch'))).toEqual([]);
  expect(await compactLog(root, 0)).toMatchObject({ state: 'compacted', archives: [{ runs: 60, rows: 60 }] });
});
