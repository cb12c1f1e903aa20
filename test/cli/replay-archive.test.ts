import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendReplayRun } from '../../adapters/files/replay-log.ts';
import { openDatabase } from '../../adapters/lake/database.ts';
import { lakeLayout } from '../../adapters/lake/layout.ts';
import { lakeVersion } from '../../adapters/lake/views.ts';
import { compactLog } from '../../cli/replay/compact-log.ts';
import type { Manifest } from '../../schemas/manifest.ts';
import { replayRunSchema, type ReplayRun } from '../../schemas/replay-run.ts';
import { sourceDetectionSchema } from '../../schemas/source-detection.ts';
import { traceReplaySchema } from '../../schemas/trace-replay.ts';
import { traceSchema } from '../../schemas/trace.ts';
import { fixture } from '../adapters/sources/fixture-files.ts';
import { makePlaybooks } from '../support/harbor-playbooks.ts';
import { audit, failedChecks } from '../support/full-audit.ts';
import { ask } from '../support/harbor-workspace.ts';
import { refine } from '../support/refine.ts';
import { makeReplayWorkspace } from '../support/replay-log.ts';
import { runCli } from '../support/run-cli.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';

/** The log and its archives, whichever of them there are. */
const LOG_AND_ARCHIVES = 'ledger/replay_runs{.jsonl,/*}';

/** Runs with every verdict of the gate, and one of them given again. */
const RUNS = fixture('replay-log', 'replay_runs.jsonl')
  .text.trim()
  .split('\n')
  .map((line) => replayRunSchema.parse(JSON.parse(line)));
const COPY: ReplayRun = { ...RUNS[0]!, run_id: 'replay-copy', recorded_at: '2025-04-09T05:00:00Z' };
const NARROWED: ReplayRun = { ...RUNS[1]!, run_id: 'replay-narrowed', answer: `${RUNS[1]!.answer} \ud83d` };

const folders: string[] = [];
afterAll(() => folders.forEach(removeFolder));

function kept(folder: string): string {
  folders.push(folder);
  return folder;
}

async function refined(cwd: string): Promise<Manifest> {
  const workspace = kept(makeFolder());
  const { run_id: runId } = await refine(workspace, [LOG_AND_ARCHIVES], cwd, { until: 'materialize' });
  return lakeVersion(lakeLayout(join(workspace, 'lake')), runId).evidence!;
}

function archivesIn(root: string): string[] {
  return readdirSync(join(root, 'ledger', 'replay_runs')).sort();
}

describe('a run over a log', () => {
  test('makes the same evidence of its archives, of these and the log, and of the log alone', async () => {
    const plain = kept(makeReplayWorkspace([...RUNS, COPY, NARROWED]));
    const whole = await refined(plain);
    // The half surrogate pair is refused in the log and in the archive alike.
    expect(whole.rows).toBe(RUNS.length + 1);

    const split = kept(makeReplayWorkspace(RUNS.slice(0, 3)));
    await compactLog(split, 0);
    for (const run of RUNS.slice(3, 5)) await appendReplayRun(split, run);
    await compactLog(split, 0);
    for (const run of [RUNS[5]!, COPY, NARROWED]) await appendReplayRun(split, run);
    expect(archivesIn(split)).toHaveLength(2);
    const halves = await refined(split);
    expect([halves.rows, halves.content_digest]).toEqual([whole.rows, whole.content_digest]);

    await compactLog(plain, 0);
    const packed = await refined(plain);
    expect([packed.rows, packed.content_digest]).toEqual([whole.rows, whole.content_digest]);
  });

  test('reads a run once while its lines lie beside their archive', async () => {
    const root = kept(makeReplayWorkspace([...RUNS, COPY]));
    const lines = readFileSync(join(root, 'ledger', 'replay_runs.jsonl'));
    const whole = await refined(root);
    await compactLog(root, 0);
    writeFileSync(join(root, 'ledger', 'replay_runs', archivesIn(root)[0]!.replace('parquet', 'jsonl')), lines);
    expect((await refined(root)).content_digest).toBe(whole.content_digest);
  });

  test('makes evidence that says in which row and copy it stands', async () => {
    const root = kept(makeReplayWorkspace([RUNS[1]!, RUNS[0]!, COPY]));
    await compactLog(root, 0);
    const workspace = kept(makeFolder());
    const { run_id: runId } = await refine(workspace, [LOG_AND_ARCHIVES], root, { until: 'materialize' });
    const places = 'SELECT source_file, locator FROM evidence ORDER BY locator';
    expect(await ask(workspace, places, { runId })).toEqual(
      [
        [0, 0],
        [1, 0],
        [1, 1],
      ].map(([row, copy]) => ({
        source_file: `ledger/replay_runs/${archivesIn(root)[0]}`,
        locator: `{"line":${row},"pointer":"/lines/${copy}"}`,
      })),
    );
  });
});

describe('detection', () => {
  async function detected(cwd: string, ...paths: string[]) {
    const { code, out } = await runCli(['sources', 'detect', ...paths, '--json'], cwd);
    return { code, files: sourceDetectionSchema.parse(JSON.parse(out)).files };
  }

  async function parquet(path: string, marks: string): Promise<void> {
    const database = await openDatabase({ threads: 1, memoryMb: 256, tempDir: join(path, '..', 'spill') });
    await database.run(`COPY (SELECT 'north' AS quay, 7 AS berth) TO '${path}' (FORMAT parquet${marks})`);
    database.close();
  }

  test('names an archive', async () => {
    const root = kept(makeReplayWorkspace([...RUNS, COPY]));
    await compactLog(root, 0);
    expect(await detected(root, 'ledger/replay_runs')).toMatchObject({
      code: 0,
      files: [{ kind: 'source', adapters: ['replay-log'], records: 7, broken: 0, reason: 'an archive of 7 replay runs' }],
    });
  });

  test('says what other Parquet is, and passes over none that may be an archive', async () => {
    const root = kept(makeReplayWorkspace(RUNS));
    await compactLog(root, 0);
    const cut = readFileSync(join(root, 'ledger', 'replay_runs', archivesIn(root)[0]!)).subarray(0, 900);
    const folder = kept(makeFolder({ 'cut.parquet': cut }));
    await parquet(join(folder, 'berths.parquet'), '');
    await parquet(join(folder, 'newer.parquet'), ", KV_METADATA {schema: 'replay-archive/2'}");
    const { code, files } = await detected(folder, '.');
    expect(code).toBe(2);
    expect(files.map(({ file, kind, reason }) => [file, kind, reason])).toEqual(
      [
        ['./berths.parquet', 'ignored', expect.stringContaining('found the columns quay, berth')],
        ['./cut.parquet', 'unknown', expect.stringContaining('a Parquet file that is cut or damaged')],
        ['./newer.parquet', 'unknown', expect.stringContaining('found replay-archive/2')],
      ].map(([file, ...rest]) => [expect.stringContaining((file as string).slice(2)), ...rest]),
    );
    expect((await detected(folder, 'berths.parquet')).files).toMatchObject([{ kind: 'unknown' }]);
  });
});

describe('a trace', () => {
  let root: string;
  let ids: string[];
  const trace = async (id: string) => runCli(['trace', id, '--workspace', 'refinery', '--json'], root);
  beforeAll(async () => {
    root = kept(await makePlaybooks());
    ids = [];
    for (const task of ['How is the north lock opened at dawn?', 'How is the north lock opened at dawn?', 'Who lights the lamp?']) {
      const { out } = await runCli(['replay', '--task', task, '--json', '--workspace', 'refinery'], root);
      ids.push(replayRunSchema.parse(JSON.parse(out)).run_id);
    }
    await refine(join(root, 'refinery'), ['traces', 'refinery/ledger/replay_runs.jsonl'], root, { now: '2026-03-03T08:15:00Z' });
    await compactLog(join(root, 'refinery'), 0);
  }, 60_000);

  test('of a run that was packed leads to the sources of its playbooks, that of a copy, too', async () => {
    const file = `ledger/replay_runs/${archivesIn(join(root, 'refinery'))[0]}`;
    const places = [];
    for (const id of ids) {
      const { code, out } = await trace(id);
      const { replay_id, file: at, line, copy, verdict, playbooks } = traceReplaySchema.parse(JSON.parse(out));
      expect([code, replay_id, at, verdict]).toEqual([0, id, file, 'holds']);
      expect(playbooks[0]!.trace!.records[0]!.provenance.source_file).toBe('traces/desk.jsonl');
      places.push([line, copy]);
    }
    expect(places).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
    ]);
    const { out } = await runCli(['trace', ids[1]!, '--workspace', 'refinery'], root);
    expect(out).toContain(`${file}, row 1, copy 2`);
  });

  test('and the audit proves every row by the archive that the log was packed into', async () => {
    const report = await audit(join(root, 'refinery'));
    expect(failedChecks(report)).toEqual([]);
    expect((await runCli(['distill', 'receipts', '--verify', '--workspace', 'refinery'], root)).code).toBe(0);
    expect(report.checks[3]!.looked_at).toMatch(/^\d+ rows signed again from their sources, 3 of them rotated since$/);
    const archive = join(root, 'refinery', 'ledger', 'replay_runs', archivesIn(join(root, 'refinery'))[0]!);
    renameSync(archive, `${archive}.away`);
    expect(failedChecks(await audit(join(root, 'refinery')))).toContain(1);
    renameSync(`${archive}.away`, archive);
  });

  test('of what was never replayed, or of several, says so', async () => {
    expect(await trace('replay-1999')).toMatchObject({ code: 2, err: expect.stringContaining('found none') as string });
    expect(await trace('replay-')).toMatchObject({ code: 2, err: expect.stringContaining('beginning of several') as string });
  });

  test('of evidence that was made of the log before it was packed finds its line in the archive', async () => {
    const rows = await ask(join(root, 'refinery'), "SELECT id FROM evidence WHERE adapter = 'replay-log' ORDER BY line_offset");
    for (const { id } of rows.slice(0, 2)) {
      const { out } = await trace(String(id));
      const { links } = traceSchema.parse(JSON.parse(out));
      const source = links.filter(({ link }) => link === 'source_file' || link === 'source_record');
      expect(source.map(({ state, path }) => [state, path.endsWith('.parquet')])).toEqual([
        ['holds', true],
        ['holds', true],
      ]);
    }
  });
});
