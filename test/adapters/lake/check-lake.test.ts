import { createHash } from 'node:crypto';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkLake } from '../../../adapters/lake/check-lake.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const GRAIN = 'a Parquet file as far as this check is concerned';
const MALT = 'and another one';

/**
 * One current version of the evidence with two shards and a list of excluded rows. The manifest is written in canonical JSON by hand (keys in
 * order, no blanks), so its digest owes nothing to the code under test.
 */
function lakeWith(change: { readonly partPath?: string; readonly manifest?: string } = {}) {
  const part = (path: string, content: string): string =>
    `{"bytes":${content.length},"day":null,"path":"${path}","rows":1,"sha256":"${sha256(content)}"}`;
  const shard = (key: string, path: string, content: string): string => `{"key":"${key}","parts":[${part(path, content)}],"rows":1}`;
  const shards = [
    shard('k1', change.partPath ?? 'evidence/2026/03/02/k1.parquet', GRAIN),
    shard('k2', 'evidence/undated/k2.parquet', MALT),
  ];
  const manifest =
    `{"content_digest":"c","excluded":${part('excluded/e.parquet', GRAIN)},"kind":"evidence","row_digest":"r","rows":2,` +
    `"schema":"manifest/1","shards":[${shards.join(',')}]}`;
  const digest = sha256(manifest);
  const root = temporaryFolder({
    'heads/evidence.json': JSON.stringify({ schema: 'head/1', kind: 'evidence', manifest: digest, run_id: '20260302T081500000Z-a1b2c3' }),
    [`manifests/evidence/${digest}.json`]: JSON.stringify(JSON.parse(change.manifest ?? manifest), null, 2),
    'evidence/2026/03/02/k1.parquet': GRAIN,
    'evidence/undated/k2.parquet': MALT,
    'excluded/e.parquet': GRAIN,
  });
  return { root, manifest, path: (name: string) => join(root, name), manifestPath: join(root, 'manifests', 'evidence', `${digest}.json`) };
}

test('a whole lake has nothing to find, and every byte was read', async () => {
  const { root } = lakeWith();
  expect(await checkLake(root)).toEqual({ heads: 1, files: 3, bytes: 2 * GRAIN.length + MALT.length, findings: [] });
});

test('an empty lake has nothing to find', async () => {
  expect(await checkLake(temporaryFolder())).toEqual({ heads: 0, files: 0, bytes: 0, findings: [] });
});

describe('a finding', () => {
  test('is a file that is gone, also that of the excluded rows', async () => {
    for (const name of ['evidence/undated/k2.parquet', 'excluded/e.parquet']) {
      const { root, path } = lakeWith();
      rmSync(path(name));
      expect((await checkLake(root)).findings).toEqual([{ path: path(name), expected: 'a file', found: 'none' }]);
    }
  });

  test('is a file that is cut short', async () => {
    const { root, path } = lakeWith();
    truncateSync(path('evidence/undated/k2.parquet'), 3);
    expect((await checkLake(root)).findings).toEqual([{ path: path('evidence/undated/k2.parquet'), expected: '15 bytes', found: '3' }]);
  });

  test('is a file of the right size with one other byte', async () => {
    const { root, path } = lakeWith();
    writeFileSync(path('evidence/undated/k2.parquet'), MALT.replace('n', 'm'));
    const { findings } = await checkLake(root);
    expect(findings).toMatchObject([{ path: path('evidence/undated/k2.parquet'), expected: `sha256 ${sha256(MALT)}` }]);
  });

  test('is a manifest whose content is not what its name says', async () => {
    const { manifest } = lakeWith();
    const { root, manifestPath } = lakeWith({ manifest: manifest.replace('"rows":2,', '"rows":3,') });
    expect((await checkLake(root)).findings).toMatchObject([{ path: manifestPath, expected: expect.stringContaining(sha256(manifest)) }]);
  });

  test('is a manifest that leads out of the lake; what it leads to is not read', async () => {
    const { root, manifestPath } = lakeWith({ partPath: '../../etc/passwd' });
    expect((await checkLake(root)).findings).toEqual([
      { path: manifestPath, expected: 'only paths inside the lake', found: '../../etc/passwd' },
    ]);
  });

  test('is a head without its manifest, or one that is no head', async () => {
    const { root, path, manifestPath } = lakeWith();
    rmSync(manifestPath);
    expect((await checkLake(root)).findings).toEqual([{ path: manifestPath, expected: 'a manifest/1 document', found: 'no such file' }]);
    writeFileSync(path('heads/evidence.json'), '{"schema":');
    expect((await checkLake(root)).findings).toEqual([
      { path: path('heads/evidence.json'), expected: 'a head/1 document', found: 'something that is no JSON' },
    ]);
  });
});

describe('a shard that no current version names', () => {
  const part = `{"bytes":${MALT.length},"day":null,"path":"decisions/d1.parquet","rows":1,"sha256":"${sha256(MALT)}"}`;
  const entry = `{"counts":{},"key":"d1","kind":"decisions","parts":[${part}],"rows":1,"schema":"shard/1"}`;
  const lake = (text: string): string => temporaryFolder({ 'entries/decisions/d1.json': entry, 'decisions/d1.parquet': text });

  test('is looked at, too', async () => {
    expect(await checkLake(lake(MALT))).toEqual({ heads: 0, files: 1, bytes: MALT.length, findings: [] });
  });

  test('is a finding with one other byte, for a run would reuse it', async () => {
    const root = lake(MALT.replace('n', 'm'));
    expect((await checkLake(root)).findings).toMatchObject([
      { path: join(root, 'decisions', 'd1.parquet'), expected: `sha256 ${sha256(MALT)}` },
    ]);
  });

  test('is none when its file is gone or cut, for then a run makes it anew', async () => {
    expect((await checkLake(lake(MALT.slice(1)))).findings).toEqual([]);
    expect((await checkLake(temporaryFolder({ 'entries/decisions/d1.json': entry }))).findings).toEqual([]);
  });

  test('is a finding when its entry cannot be read, or leads out of the lake', async () => {
    const torn = temporaryFolder({ 'entries/decisions/d1.json': entry.slice(9) });
    const place = join('entries', 'decisions', 'd1.json');
    expect((await checkLake(torn)).findings).toEqual([
      { path: join(torn, place), expected: 'a shard/1 document', found: 'something that is no JSON' },
    ]);
    const astray = temporaryFolder({ 'entries/decisions/d1.json': entry.replace('decisions/d1.parquet', '../../etc/passwd') });
    expect((await checkLake(astray)).findings).toEqual([
      { path: join(astray, place), expected: 'only paths inside the lake', found: '../../etc/passwd' },
    ]);
  });
});
