import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../adapters/lake/database.ts';
import { createRandom } from '../../../domain/shared/random.ts';
import { corpusManifestSchema, corpusRowSchema } from '../../../schemas/bench-corpus.ts';
import { corpusInitSchema } from '../../../schemas/bench-corpus-reports.ts';
import { benchWorkspace } from '../../support/bench-workspace.ts';
import { eventLines, observatoryEvents, OBSERVATORY_SECRETS } from '../../support/observatory-events.ts';

describe('a corpus', () => {
  it('has exactly the rows asked for, redacted, in the order of source and id, with its manifest', async () => {
    const desk = benchWorkspace();
    const { code, out } = await desk.init('nights', '--json');
    expect(code).toBe(0);
    const built = corpusInitSchema.parse(JSON.parse(out));
    expect(built).toMatchObject({ event_count: 46, source_counts: { browser: 12, claude: 12, shell: 12, workflow: 10 }, warnings: [] });
    expect(built.dropped_counts).toEqual({ after_window: 1, before_window: 1, ineligible: 2, probe: 1 });
    expect(readdirSync(desk.corpusPath('nights')).sort()).toEqual(['corpus.jsonl', 'corpus.parquet', 'manifest.json', 'overlay.jsonl']);
    const rows = desk.rows('nights').map((row) => corpusRowSchema.parse(row));
    expect(rows.map(({ event_id: id }) => id)).toEqual(rows.map(({ event_id: id }) => id).sort());
    for (const row of desk.rows('nights')) expect(Object.keys(row)).toEqual(Object.keys(row).sort());
    // Thirty days in six buckets of five: at least two of twelve from each.
    for (const source of ['shell', 'claude', 'browser']) {
      const buckets = rows.filter((row) => row.source === source).map((row) => row.bucket_index);
      for (let bucket = 0; bucket < 6; bucket += 1) expect(buckets.filter((index) => index === bucket)).toHaveLength(2);
    }
    const manifest = corpusManifestSchema.parse(desk.manifest('nights'));
    expect(manifest).toMatchObject({ corpus_version: 'nights', seed: 42, event_count: 46, parquet_row_count: 46, overlay_hash: null });
    expect(manifest.source_identity.kind).toBe('jsonl');
  });

  it('K1 has the same ids and the same hash when it is built twice, whatever the order of the source', async () => {
    const desk = benchWorkspace();
    const shuffled = createRandom(7).shuffle([...observatoryEvents(), ...observatoryEvents().slice(0, 20)]);
    writeFileSync(join(desk.root, 'shuffled.jsonl'), eventLines(shuffled));
    for (const [version, from] of [
      ['first', 'events.jsonl'],
      ['again', 'events.jsonl'],
      ['shuffled', 'shuffled.jsonl'],
    ] as const) {
      expect((await desk.init(version, '--from', from)).code).toBe(0);
    }
    const [first, again, other] = ['first', 'again', 'shuffled'].map((version) => desk.manifest(version).corpus_content_hash);
    expect(again).toBe(first);
    expect(other).toBe(first);
    expect(readFileSync(desk.corpusPath('shuffled', 'corpus.jsonl'))).toEqual(readFileSync(desk.corpusPath('first', 'corpus.jsonl')));
  });

  it('is another one with another seed or another end of the window', async () => {
    const desk = benchWorkspace();
    await desk.init('first');
    await desk.init('seed', '--seed', '7');
    await desk.init('earlier', '--now', '2026-03-20T00:00:00Z');
    const hashes = ['first', 'seed', 'earlier'].map((version) => desk.manifest(version).corpus_content_hash);
    expect(new Set(hashes).size).toBe(3);
  });

  it('K5 takes all events of a source with too few of them, warns, and is fine', async () => {
    const desk = benchWorkspace();
    const { code, out } = await desk.init('nights', '--min', 'shell=80', '--min', 'workflow=10');
    expect(code).toBe(0);
    expect(out).toContain('warning: source shell: expected 80 eligible events in the window, found 60; all were taken');
    expect(desk.manifest('nights').source_counts).toMatchObject({ shell: 60, workflow: 10, claude: 30 });
    expect((await desk.bench('corpus', 'verify', '--corpus-version', 'nights')).code).toBe(0);
  });

  it('leaves no secret in any file that it writes', async () => {
    const desk = benchWorkspace();
    const { out, err } = await desk.init('nights', '--min', 'shell=60,claude=30,browser=30,workflow=10');
    expect(desk.manifest('nights').redaction_counts).toMatchObject({ aws_access_key: 6, github_token: 6, jwt: 30 });
    // Parquet is packed, so it is read as well as searched.
    const database = await openDatabase({ threads: 1, memoryMb: 256, tempDir: join(desk.root, 'spill') });
    const rows = await database.rows<{ text: string }>(
      `SELECT CAST(to_json(row) AS VARCHAR) AS text FROM read_parquet('${desk.corpusPath('nights', 'corpus.parquet')}') AS row`,
    );
    database.close();
    expect(rows).toHaveLength(130);
    const written = readdirSync(desk.workspace, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    expect(written.length).toBeGreaterThan(4);
    for (const text of [out, err, ...rows.map((row) => row.text), ...written]) {
      for (const secret of OBSERVATORY_SECRETS) expect(text.includes(secret)).toBe(false);
    }
    // The search would find them where they are.
    expect(OBSERVATORY_SECRETS.every((secret) => readFileSync(join(desk.root, 'events.jsonl'), 'utf8').includes(secret))).toBe(true);
  });
});

describe('a source in Parquet', () => {
  it('gives the same corpus as the same events in JSON lines', async () => {
    const desk = benchWorkspace();
    const parquet = join(desk.root, 'events.parquet');
    const database = await openDatabase({ threads: 2, memoryMb: 256, tempDir: join(desk.root, 'spill') });
    const columns = "event_id: 'VARCHAR', source: 'VARCHAR', timestamp_ms: 'BIGINT', payload: 'JSON', tags: 'VARCHAR[]'";
    await database.run(
      `COPY (SELECT event_id, source, epoch_ms(timestamp_ms) AS timestamp, payload, tags
        FROM read_json('${join(desk.root, 'events.jsonl')}', format='newline_delimited', columns={${columns}}) ORDER BY md5(event_id))
       TO '${parquet}' (FORMAT parquet, ROW_GROUP_SIZE 50)`,
    );
    database.close();
    await desk.init('lines');
    const { code } = await desk.init('table', '--from', 'events.parquet');
    expect(code).toBe(0);
    expect(desk.manifest('table').corpus_content_hash).toBe(desk.manifest('lines').corpus_content_hash);
    expect(desk.manifest('table').source_identity.kind).toBe('parquet');
  });

  it('that is torn is an input error', async () => {
    const desk = benchWorkspace();
    writeFileSync(join(desk.root, 'torn.parquet'), 'PAR1 and then the power went out');
    const { code, err } = await desk.init('nights', '--from', 'torn.parquet');
    expect(code).toBe(2);
    expect(err).toContain('torn.parquet');
  });
});

describe('what cannot be built', () => {
  it('K3 is refused over an existing corpus, which stays untouched', async () => {
    const desk = benchWorkspace();
    await desk.init('nights');
    const before = filesOf(desk.corpusPath('nights'));
    const { code, err } = await desk.init('nights', '--seed', '7');
    expect(code).toBe(2);
    expect(err).toContain('--force');
    expect(filesOf(desk.corpusPath('nights'))).toEqual(before);
  });

  it('--force replaces it once the new one is good', async () => {
    const desk = benchWorkspace();
    await desk.init('nights');
    const before = desk.manifest('nights').corpus_content_hash;
    expect((await desk.init('nights', '--seed', '7', '--force')).code).toBe(0);
    expect(desk.manifest('nights')).toMatchObject({ seed: 7 });
    expect(desk.manifest('nights').corpus_content_hash).not.toBe(before);
    expect((await desk.bench('corpus', 'verify', '--corpus-version', 'nights')).code).toBe(0);
  });

  it.each([
    ['a line that is no JSON', '{"event_id": "shell-1"\n', 'broken.jsonl:1'],
    ['a row without a time', '\n{"event_id":"shell-1","source":"shell","payload":{}}\n', 'broken.jsonl:2'],
    ['a row without a source', '{"event_id":"shell-1","timestamp":"2026-03-30","payload":{}}\n', 'broken.jsonl:1'],
    ['an empty file', '', 'an empty file'],
    [
      'events outside the window alone',
      '{"event_id":"shell-1","source":"shell","timestamp":"2020-03-30","payload":{}}\n',
      'before_window 1',
    ],
  ])('--force leaves the old corpus as it was for %s', async (_, events, told) => {
    const desk = benchWorkspace();
    await desk.init('nights', '--min', 'shell=12');
    const before = filesOf(desk.corpusPath('nights'));
    writeFileSync(join(desk.root, 'broken.jsonl'), events);
    const { code, err } = await desk.init('nights', '--from', 'broken.jsonl', '--min', 'shell=12', '--force');
    expect(code).toBe(2);
    expect(err).toContain(told);
    expect(filesOf(desk.corpusPath('nights'))).toEqual(before);
    expect(readdirSync(desk.corpusPath(''))).toEqual(['nights']);
  });

  it('a source or file that the user named must be there', async () => {
    const desk = benchWorkspace();
    const absent = await desk.init('nights', '--min', 'aurora=5');
    expect(absent).toMatchObject({ code: 2 });
    expect(absent.err).toContain('aurora');
    expect(await desk.init('nights', '--from', 'nowhere.jsonl')).toMatchObject({ code: 2 });
    expect(await desk.init('nights', '--from', 'lake')).toMatchObject({ code: 2 });
    expect(existsSync(desk.corpusPath('nights'))).toBe(false);
  });

  it('one id for two events is an input error that names both places and no text', async () => {
    const [first, second] = observatoryEvents();
    const desk = benchWorkspace(eventLines([first!, { ...second!, event_id: first!.event_id }]));
    const { code, err } = await desk.init('nights', '--min', 'shell=2');
    expect(code).toBe(2);
    expect(err).toContain('events.jsonl:1');
    expect(err).toContain('events.jsonl:2');
    for (const secret of OBSERVATORY_SECRETS) expect(err).not.toContain(secret);
  });

  it.each(['../nights', '..', '.nights', 'nights/march', '/tmp/nights', 'nights\\march', '', 'a'.repeat(101)])(
    'a label may not lead out of its folder: %j',
    async (version) => {
      const desk = benchWorkspace();
      const before = readdirSync(desk.root);
      expect(await desk.init(version)).toMatchObject({ code: 2 });
      expect(await desk.bench('corpus', 'verify', '--corpus-version', version)).toMatchObject({ code: 2 });
      expect(readdirSync(desk.root).filter((name) => name !== 'workspace')).toEqual(before);
    },
  );

  it.each([
    ['--now', 'tonight'],
    ['--corpus-days', '0'],
    ['--corpus-buckets', '-1'],
    ['--min', 'shell'],
    ['--min', 'shell=-1'],
    ['--seed', '1.5'],
  ])('%s %s is a usage error', async (option, value) => {
    expect(await benchWorkspace().init('nights', option, value)).toMatchObject({ code: 2 });
  });
});

it('a folder that a killed process had moved aside is the corpus again', async () => {
  const desk = benchWorkspace();
  await desk.init('nights');
  const before = filesOf(desk.corpusPath('nights'));
  execFileSync('mv', [desk.corpusPath('nights'), desk.corpusPath('.nights.before')]);
  expect((await desk.bench('corpus', 'verify', '--corpus-version', 'nights')).code).toBe(0);
  expect(filesOf(desk.corpusPath('nights'))).toEqual(before);
});

it('a corpus without a manifest does not exist, and may be built', async () => {
  const desk = benchWorkspace();
  await desk.init('nights');
  rmSync(desk.corpusPath('nights', 'manifest.json'));
  expect(await desk.bench('corpus', 'verify', '--corpus-version', 'nights')).toMatchObject({ code: 2 });
  expect(await desk.init('nights')).toMatchObject({ code: 0 });
});

it('a copy of a corpus under another label is the same corpus', async () => {
  const desk = benchWorkspace();
  await desk.init('nights');
  cpSync(desk.corpusPath('nights'), desk.corpusPath('copy'), { recursive: true });
  const { code, out } = await desk.bench('corpus', 'verify', '--corpus-version', 'copy');
  expect(code).toBe(0);
  expect(out).toContain(desk.manifest('nights').corpus_content_hash);
});

function filesOf(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'base64')]));
}
