import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { createRandom } from '../../../domain/shared/random.ts';
import { manifestDigest } from '../../../domain/bench/index.ts';
import { writeCorpusParquet } from '../../../adapters/lake/bench-parquet.ts';
import { canonicalJson } from '../../../domain/shared/canonical-json.ts';
import { corpusVerificationSchema, type CorpusVerification } from '../../../schemas/bench-corpus-reports.ts';
import type { CorpusRow } from '../../../schemas/bench-corpus.ts';
import { benchWorkspace, type BenchWorkspace } from '../../support/bench-workspace.ts';
import { OBSERVATORY_SECRETS } from '../../support/observatory-events.ts';

async function verify(desk: BenchWorkspace, version = 'nights'): Promise<{ code: number; found: CorpusVerification }> {
  const { code, out } = await desk.bench('corpus', 'verify', '--corpus-version', version, '--json');
  return { code, found: corpusVerificationSchema.parse(JSON.parse(out)) };
}

async function nights(): Promise<BenchWorkspace> {
  const desk = benchWorkspace();
  expect((await desk.init('nights')).code).toBe(0);
  return desk;
}

/** Writes the rows anew, as somebody would who changes one. */
function rewrite(desk: BenchWorkspace, change: (rows: CorpusRow[]) => CorpusRow[]): void {
  const rows = change(desk.rows('nights'));
  writeFileSync(desk.corpusPath('nights', 'corpus.jsonl'), rows.map((row) => `${canonicalJson(row)}\n`).join(''));
}

/** Changes the manifest as somebody would who knows how it is sealed. */
function changeManifest(desk: BenchWorkspace, change: object): void {
  const manifest = { ...desk.manifest('nights'), ...change };
  const sealed = { ...manifest, manifest_digest: manifestDigest(manifest, sha256) };
  writeFileSync(desk.corpusPath('nights', 'manifest.json'), JSON.stringify(sealed));
}

function checksOf({ mismatches }: CorpusVerification): string[] {
  return [...new Set(mismatches.map(({ check }) => check))];
}

it('prints ok and the hash of a corpus that is as it was built', async () => {
  const desk = await nights();
  const { code, out } = await desk.bench('corpus', 'verify', '--corpus-version', 'nights');
  expect(code).toBe(0);
  expect(out).toContain(`ok ${desk.manifest('nights').corpus_content_hash}`);
});

describe('K2 one byte', () => {
  it.each(['corpus.jsonl', 'corpus.parquet', 'overlay.jsonl', 'manifest.json'])('flipped anywhere in %s is found', async (name) => {
    const desk = await nights();
    await desk.bench(
      'corpus',
      'add-adversarial',
      'shell-902',
      '--from',
      'events.jsonl',
      '--corpus-version',
      'nights',
      '--reason',
      'an old night',
    );
    const path = desk.corpusPath('nights', name);
    const whole = readFileSync(path);
    const random = createRandom(71);
    for (const place of [0, whole.length - 1, ...Array.from({ length: 10 }, () => random.int(whole.length))]) {
      const bytes = Buffer.from(whole);
      bytes[place] = bytes[place]! ^ 0x40;
      writeFileSync(path, bytes);
      const { code, found } = await verify(desk);
      expect([place, code, found.ok]).toEqual([place, 1, false]);
    }
    writeFileSync(path, whole);
    expect((await verify(desk)).code).toBe(0);
  });
});

describe('a row', () => {
  it('with another content than its hash says is named, with its line and id', async () => {
    const desk = await nights();
    rewrite(desk, ([first, ...rest]) => [{ ...first!, redacted_content: '{"title":"fog"}' }, ...rest]);
    const { code, found } = await verify(desk);
    expect(code).toBe(1);
    expect(found.mismatches[0]).toMatchObject({ check: 'row_hash', file: 'corpus.jsonl', line: 1, event_id: 'browser-0' });
    expect(checksOf(found)).toEqual(['row_hash', 'jsonl_content_hash', 'parquet']);
  });

  it('that stands twice, is missing or is another one changes hashes and counts', async () => {
    const twice = await nights();
    rewrite(twice, (rows) => [...rows, rows[0]!]);
    expect(checksOf((await verify(twice)).found)).toEqual([
      'duplicate',
      'jsonl_content_hash',
      'corpus_content_hash',
      'event_count',
      'source_counts',
    ]);
    const missing = await nights();
    rewrite(missing, (rows) => rows.slice(1));
    expect(checksOf((await verify(missing)).found)).toEqual([
      'jsonl_content_hash',
      'corpus_content_hash',
      'event_count',
      'source_counts',
      'parquet',
    ]);
  });

  it('must hold one JSON object in which no detector finds anything, though its hash is right', async () => {
    const desk = await nights();
    const withContent = (row: CorpusRow, redacted_content: string): CorpusRow => ({
      ...row,
      redacted_content,
      content_sha256: sha256(`${row.source}\0${redacted_content}`),
    });
    rewrite(desk, ([first, second, third, ...rest]) => [
      withContent(first!, '{"title":'),
      withContent(second!, '["title"]'),
      withContent(third!, JSON.stringify({ title: `key ${OBSERVATORY_SECRETS[0]}` })),
      ...rest,
    ]);
    const { found } = await verify(desk);
    expect(found.mismatches.slice(0, 3)).toMatchObject([
      { check: 'payload', line: 1 },
      { check: 'payload', line: 2 },
      { check: 'redaction', line: 3, found: '1 of aws_access_key' },
    ]);
    expect(JSON.stringify(found)).not.toContain(OBSERVATORY_SECRETS[0]);
  });

  it('that is no row is named with its line, and so is junk', async () => {
    const desk = await nights();
    appendFileSync(desk.corpusPath('nights', 'corpus.jsonl'), '{"event_id":"shell-77"}\nfog\n');
    const { found } = await verify(desk);
    const lines = desk.manifest('nights').event_count;
    expect(found.mismatches.filter(({ check }) => check === 'row').map(({ line }) => line)).toEqual([lines + 1, lines + 2]);
  });

  it('must lie in a bucket of the window', async () => {
    const desk = await nights();
    rewrite(desk, ([first, ...rest]) => [{ ...first!, bucket_index: 6 }, ...rest]);
    expect(checksOf((await verify(desk)).found)).toContain('bucket');
  });
});

describe('the manifest', () => {
  it.each([
    [{ event_count: 45 }, 'event_count'],
    [{ corpus_content_hash: 'c'.repeat(64) }, 'corpus_content_hash'],
    [{ jsonl_content_hash: 'c'.repeat(64) }, 'jsonl_content_hash'],
    [{ overlay_hash: 'c'.repeat(64) }, 'overlay_hash'],
    [{ parquet_row_count: 7 }, 'parquet'],
    [{ source_counts: { shell: 46 } }, 'source_counts'],
    [{ now_iso: 'tonight' }, 'manifest'],
    [{ schema: 'bench-corpus/2' }, 'manifest'],
    [{ seed: 'forty-two' }, 'manifest'],
    [{ mood: 'clear' }, 'manifest'],
  ])('that says %j is wrong', async (change, check) => {
    const desk = await nights();
    changeManifest(desk, change);
    const { code, found } = await verify(desk);
    expect(code).toBe(1);
    expect(checksOf(found)).toContain(check);
  });
});

it('a manifest that was written by hand, without what only we record, is taken for ours', async () => {
  const desk = await nights();
  const { schema: _, file_hashes: __, manifest_digest: ___, ...rest } = desk.manifest('nights');
  writeFileSync(desk.corpusPath('nights', 'manifest.json'), JSON.stringify(rest));
  expect(await verify(desk)).toMatchObject({ code: 0, found: { is_foreign: false } });
});

describe('Parquet', () => {
  it('that is gone, junk, or of other rows is named', async () => {
    const desk = await nights();
    const parquet = desk.corpusPath('nights', 'corpus.parquet');
    rmSync(parquet);
    expect(checksOf((await verify(desk)).found)).toEqual(['parquet']);
    writeFileSync(parquet, 'fog');
    expect(checksOf((await verify(desk)).found)).toEqual(['parquet']);
    rmSync(parquet);
    const [first, ...rest] = desk.rows('nights');
    writeFileSync(`${parquet}.lines`, [{ ...first!, event_id: 'browser-0000' }, ...rest].map((row) => `${JSON.stringify(row)}\n`).join(''));
    await writeCorpusParquet(`${parquet}.lines`, parquet, 10_000);
    changeManifest(desk, { file_hashes: null });
    const { found } = await verify(desk);
    expect(found.mismatches.map(({ event_id: id }) => id).sort()).toEqual(['browser-0', 'browser-0000']);
  });

  it('may hold the same rows in another order where the manifest does not record its bytes', async () => {
    const desk = await nights();
    changeManifest(desk, { file_hashes: null });
    const parquet = desk.corpusPath('nights', 'corpus.parquet');
    writeFileSync(
      `${parquet}.lines`,
      desk
        .rows('nights')
        .reverse()
        .map((row) => `${JSON.stringify(row)}\n`)
        .join(''),
    );
    rmSync(parquet);
    await writeCorpusParquet(`${parquet}.lines`, parquet, 10_000);
    expect((await verify(desk)).code).toBe(0);
  });
});

describe('a corpus of another program', () => {
  const row = { event_id: 'shell-1', source: 'shell', redacted_content: '{"command": "ls"}', bucket: 3 };
  const content_sha256 = sha256(`shell\0{"command": "ls"}`);

  function writeForeign(desk: BenchWorkspace, rows: readonly object[]): void {
    for (const name of ['corpus.parquet', 'overlay.jsonl']) rmSync(desk.corpusPath('nights', name));
    writeFileSync(desk.corpusPath('nights', 'corpus.jsonl'), rows.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const manifest = {
      corpus_version: 'corpus-v2',
      corpus_content_hash: 'sha256:of something else',
      schema_version: 12,
      event_count: rows.length,
    };
    writeFileSync(desk.corpusPath('nights', 'manifest.json'), JSON.stringify(manifest));
  }

  it('is read, and its hash is a label', async () => {
    const desk = await nights();
    writeForeign(desk, [{ ...row, content_sha256 }]);
    const { code, found } = await verify(desk);
    expect(code).toBe(0);
    expect(found).toMatchObject({ is_foreign: true, corpus_content_hash: 'sha256:of something else', event_count: 1 });
  });

  it('must have the right hash in every row', async () => {
    const desk = await nights();
    writeForeign(desk, [
      { ...row, content_sha256: 'c'.repeat(64) },
      { ...row, event_id: 'shell-2' },
    ]);
    const { code, found } = await verify(desk);
    expect(code).toBe(1);
    expect(found.mismatches).toMatchObject([{ check: 'row_hash', line: 1 }, { check: 'row', line: 2 }, { check: 'event_count' }]);
  });
});
