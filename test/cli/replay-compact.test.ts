import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { appendReplayRun, appendReplayRunOnce, replayLogBytes } from '../../adapters/files/replay-log.ts';
import { archivedLines } from '../../adapters/replay-archive.ts';
import { compactLog } from '../../cli/replay/compact-log.ts';
import { replayCompactionSchema, type ReplayCompaction } from '../../schemas/replay-compaction.ts';
import type { ReplayRun } from '../../schemas/replay-run.ts';
import { ask } from '../support/harbor-workspace.ts';
import { loggedIds, makeReplayWorkspace, replayLogPath, replayLogText, replayRun, writeReplayLog } from '../support/replay-log.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { removeFolder } from '../support/temporary-folder.ts';

const OTHER = 'f'.repeat(64);
const DAWN = replayRun('replay-dawn', { recorded_at: '2026-03-02T06:40:00.000Z' });
/** The same answer to the same task from the same bundle, later and by another model, which was slower and said what it cost. */
const AGAIN = replayRun('replay-again', {
  recorded_at: '2026-03-03T06:40:00.000Z',
  model: 'keeper-70b',
  usage: { prompt_tokens: 190, cost_usd: 0.25 },
  durations_ms: { retrieval: 10, model: 9000, gate: 1, total: 9011 },
});

let root = '';
afterEach(() => removeFolder(root));

function made(...lines: (ReplayRun | string)[]): string {
  root = makeReplayWorkspace(lines);
  return root;
}

function compact(...args: string[]): Promise<CliOutcome> {
  return runCli(['replay', 'compact', '--workspace', root, ...args], root);
}

async function compacted(...args: string[]): Promise<{ code: number; said: ReplayCompaction }> {
  const { code, out, err } = await compact('--json', ...args);
  if (out === '') throw new Error(err);
  return { code, said: replayCompactionSchema.parse(JSON.parse(out)) };
}

function archives(): string[] {
  const folder = join(root, 'ledger', 'replay_runs');
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

async function texts(name: string): Promise<string[]> {
  const lines: { line: number; text: string }[] = [];
  for await (const batch of archivedLines(join(root, 'ledger', 'replay_runs', name))) lines.push(...batch);
  return lines.sort((left, right) => left.line - right.line).map(({ text }) => text);
}

describe('a log that is packed', () => {
  test('has a row for each task, bundle and answer, and every line of every copy', async () => {
    const runs = [
      DAWN,
      replayRun('other-answer', { answer: 'Ring it twice.' }),
      AGAIN,
      replayRun('other-bundle', { bundle_digest: OTHER }),
      replayRun('other-task', { task_hash: OTHER }),
    ];
    made(...runs);
    const before = replayLogText(root);
    const { code, said } = await compacted('--all');
    const [name] = archives();
    expect(code).toBe(0);
    expect(said).toMatchObject({
      state: 'compacted',
      log_bytes: before.length,
      max_bytes: 0,
      archives: [{ file: `ledger/replay_runs/${name}`, runs: 5, rows: 4, log_bytes: before.length }],
      unreadable: [],
    });
    expect(name).toMatch(new RegExp(`^000000000000-${String(before.length).padStart(12, '0')}-[0-9a-f]{12}\\.parquet$`));
    expect(existsSync(replayLogPath(root))).toBe(false);
    expect(`${(await texts(name!)).join('\n')}\n`).toBe(before);
  });

  test('tells of the first run in columns, and of its copies in lists', async () => {
    made(DAWN, AGAIN);
    await compacted('--all');
    const rows = await ask(
      root,
      `SELECT run_id, recorded_at, model, gate_passed, generation, "row"->>'$.usage' AS usage FROM replays ORDER BY recorded_at`,
    );
    expect(rows).toEqual([
      {
        run_id: 'replay-dawn',
        recorded_at: DAWN.recorded_at,
        model: 'keeper-7b',
        gate_passed: true,
        generation: 1,
        usage: '{"prompt_tokens":180}',
      },
      {
        run_id: 'replay-again',
        recorded_at: AGAIN.recorded_at,
        model: 'keeper-70b',
        gate_passed: true,
        generation: 1,
        usage: '{"prompt_tokens":190,"cost_usd":0.25}',
      },
    ]);
  });

  test('is the same file for the same bytes', async () => {
    made(DAWN, AGAIN);
    await compacted('--all');
    const [name] = archives();
    const bytes = readFileSync(join(root, 'ledger', 'replay_runs', name!));
    removeFolder(root);
    made(DAWN, AGAIN);
    await compacted('--all');
    expect(archives()).toEqual([name]);
    expect(readFileSync(join(root, 'ledger', 'replay_runs', name!)).equals(bytes)).toBe(true);
  });

  test('goes on beside its archives, which readers read with it', async () => {
    made(DAWN);
    await compacted('--all');
    await appendReplayRun(root, AGAIN);
    expect(await loggedIds(root)).toEqual(['replay-dawn', 'replay-again']);
    expect(await ask(root, 'SELECT count(*) AS runs FROM replays')).toEqual([{ runs: 2 }]);
    await compacted('--all');
    expect(archives()).toHaveLength(2);
    expect(await loggedIds(root)).toEqual(['replay-dawn', 'replay-again']);
  });

  test('keeps what no column can hold: half a surrogate pair, a zero, line ends of others', async () => {
    const lines = [replayRun('half', { answer: 'bell \ud83d' }), replayRun('zero', { answer: 'bell\u0000' })].map(
      (run) => `${JSON.stringify(run)}\r\n`,
    );
    made(...lines);
    await compacted('--all');
    expect(`${(await texts(archives()[0]!)).join('\n')}\n`).toBe(lines.join(''));
  });
});

describe('a log is packed', () => {
  test('when it is larger than it may be, and not before', async () => {
    made(DAWN);
    const bytes = replayLogText(root).length;
    expect((await compacted()).said).toMatchObject({ state: 'nothing_to_do', max_bytes: 64 << 20, archives: [] });
    expect((await compacted('--max-bytes', String(bytes))).said.state).toBe('nothing_to_do');
    expect((await compacted('--max-bytes', String(bytes - 1))).said.state).toBe('compacted');
    expect((await compacted('--max-bytes', '0')).said).toMatchObject({ state: 'nothing_to_do', log_bytes: 0 });
    expect((await compact('--all')).out).toContain('nothing to do');
  });

  test('as large as the config says', async () => {
    made(...Array.from({ length: 40 }, (_, number) => replayRun(`replay-${number}`, { answer: `bell ${'x'.repeat(2_000)}` })));
    writeFileSync(join(root, 'lauter.config.json'), '{"replay":{"log_max_bytes":65536}}');
    expect((await compacted()).said).toMatchObject({ state: 'compacted', max_bytes: 65_536, archives: [{ runs: 40, rows: 1 }] });
  });

  test('at the end of the replay that finds it too large, which says what it says all the same', async () => {
    made(...Array.from({ length: 40 }, (_, number) => replayRun(`replay-${number}`, { answer: `bell ${'x'.repeat(2_000)}` })));
    writeFileSync(join(root, 'lauter.config.json'), '{"replay":{"log_max_bytes":65536}}');
    const { code, out, err } = await runCli(
      ['replay', '--task', 'Who lights the lamp?', '--no-retrieval', '--json', '--workspace', root],
      root,
    );
    const { run_id: id } = JSON.parse(out) as ReplayRun;
    expect(code).toBe(1);
    expect(err).toMatch(/more than 65,536 bytes .*packing it[^]*41 runs in 2 rows/);
    expect(await loggedIds(root)).toContain(id);
    expect(existsSync(replayLogPath(root))).toBe(false);
  });

  test('only where there is one', async () => {
    made();
    expect((await compacted('--all')).said.state).toBe('nothing_to_do');
    rmSync(replayLogPath(root));
    expect((await compacted('--all')).said.state).toBe('nothing_to_do');
    expect(archives()).toEqual([]);
  });

  test('with one limit', async () => {
    made(DAWN);
    expect(await compact('--all', '--max-bytes', '7')).toMatchObject({ code: 2, err: expect.stringContaining('found both') as string });
    expect((await compact('--max-bytes', '1e3')).code).toBe(2);
  });
});

describe('a line that is no run', () => {
  test.each([
    ['of a newer version', '{"schema":"replay_run/2","run_id":"newer"}\n', 'replay_run/2 of a newer version'],
    ['that is no JSON', '{"schema":"replay_run/1","run_id":"cu\n', 'no JSON object'],
    ['that is empty', '\n', 'no JSON object'],
    ['that lacks its gate', `${JSON.stringify({ ...AGAIN, gate: undefined })}\n`, 'gate'],
  ])('%s leaves the log as it is, and is named', async (_name, line, why) => {
    made(DAWN, line, AGAIN);
    const before = replayLogText(root);
    const { code, said } = await compacted('--all');
    expect(code).toBe(1);
    expect(said).toMatchObject({ state: 'refused', unreadable_lines: 1, archives: [] });
    expect(said.unreadable).toEqual([{ line: 2, why: expect.stringContaining(why) as string }]);
    expect(replayLogText(root)).toBe(before);
    expect(archives()).toEqual([]);
    expect((await compact('--all')).out).toContain('line 2: ');
  });

  test('because it was cut off while it was written is cleared away, as by an append, and told of', async () => {
    made(DAWN, '{"schema":"replay_run/1","run_id":"cu');
    const { code, said } = await compacted('--all');
    expect(code).toBe(0);
    expect(said).toMatchObject({ state: 'compacted', torn_bytes: 37, archives: [{ runs: 1 }] });
    expect(await texts(archives()[0]!)).toEqual([JSON.stringify(DAWN)]);
    expect(existsSync(replayLogPath(root))).toBe(false);
  });

  test('yet all there is stays', async () => {
    made('{"schema":"replay_run/1","run_id":"cu');
    expect((await compacted('--all')).said.state).toBe('nothing_to_do');
    expect(replayLogText(root)).toContain('cu');
  });

  test('but lacks its end alone is packed', async () => {
    made(DAWN, JSON.stringify(AGAIN));
    await compacted('--all');
    expect(await loggedIds(root)).toEqual(['replay-dawn', 'replay-again']);
  });
});

describe('a run of a queue that goes on', () => {
  test('is not logged again when it stands in an archive', async () => {
    made(DAWN);
    const from = replayLogBytes(root);
    await appendReplayRunOnce(root, AGAIN, from);
    await compacted('--all');
    // Now the log is shorter than it was, and then it is longer again: what counts is all that was ever appended.
    for (const id of ['noon', 'dusk', 'night']) await appendReplayRunOnce(root, replayRun(id), from);
    for (const id of ['noon', 'dusk', 'night']) await appendReplayRunOnce(root, replayRun(id), from);
    await appendReplayRunOnce(root, AGAIN, from);
    expect(await loggedIds(root)).toEqual(['replay-dawn', 'replay-again', 'noon', 'dusk', 'night']);
  });

  test('is looked for as a copy, too, and everywhere when archives were taken away', async () => {
    made(DAWN, AGAIN);
    const later = replayLogBytes(root) + 10_000;
    await compacted('--all');
    await appendReplayRunOnce(root, AGAIN, later);
    expect(await loggedIds(root)).toEqual(['replay-dawn', 'replay-again']);
  });

  test('is lost by no compaction that goes on at the same time', async () => {
    made(DAWN);
    const ids = Array.from({ length: 12 }, (_, number) => `run-${number}`);
    await Promise.all([...ids.map((id) => appendReplayRunOnce(root, replayRun(id), 0)), compactLog(root, 0), compactLog(root, 0)]);
    expect((await loggedIds(root)).sort()).toEqual(['replay-dawn', ...ids].sort());
  });
});

describe('the full audit', () => {
  test('reads the lines of the archives, and names one that is damaged', async () => {
    made(DAWN, AGAIN);
    await compacted('--all');
    const path = join(root, 'ledger', 'replay_runs', archives()[0]!);
    expect(await loggedIds(root)).toHaveLength(2);
    writeFileSync(path, readFileSync(path).subarray(0, statSync(path).size / 2));
    await expect(loggedIds(root)).rejects.toThrow(/expected a whole archive of the log of replays/);
  });
});

test('what a dead compaction left is packed by the next one', async () => {
  made(DAWN);
  await compacted('--all');
  const [archive] = archives();
  // The lines beside their archive, and a part that was not packed yet.
  const folder = join(root, 'ledger', 'replay_runs');
  const bytes = `${JSON.stringify(DAWN)}\n`.length;
  writeFileSync(join(folder, archive!.replace('parquet', 'jsonl')), `${JSON.stringify(DAWN)}\n`);
  const next = `${String(bytes).padStart(12, '0')}-${String(2 * bytes).padStart(12, '0')}-0a1b2c3d4e5f`;
  writeFileSync(join(folder, `${next}.jsonl`), `${JSON.stringify(AGAIN)}\n`);
  writeReplayLog(root, [replayRun('noon')]);
  appendFileSync(join(folder, 'note.txt'), 'not ours');
  expect(await loggedIds(root)).toEqual(['replay-dawn', 'replay-again', 'noon']);
  expect(await ask(root, 'SELECT count(*) AS runs FROM replays')).toEqual([{ runs: 3 }]);
  expect((await compacted()).said).toMatchObject({
    state: 'compacted',
    archives: [{ file: `ledger/replay_runs/${next}.parquet`, runs: 1 }],
  });
  expect(archives()).toEqual([archive, `${next}.parquet`, 'note.txt']);
  expect(await loggedIds(root)).toEqual(['replay-dawn', 'replay-again', 'noon']);
});
