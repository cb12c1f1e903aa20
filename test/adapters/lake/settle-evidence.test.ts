import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../domain/shared/canonical-json.ts';
import { LakeCorruptError } from '../../../domain/shared/errors.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { manifestSchema } from '../../../schemas/manifest.ts';
import { QUARANTINE_REASONS } from '../../../schemas/vocabulary.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { assembled, openTestLake, publishEvidence, sha256, type Record } from './lake-rows.ts';

/** sha256 over the digests of these records in the order of their ids. */
function digestOver(records: readonly Record[], digest: 'rowDigest' | 'contentDigest'): string {
  const rows = records.map(assembled).sort((left, right) => (left.evidence.id < right.evidence.id ? -1 : 1));
  return sha256(rows.map((row) => row[digest]).join(''));
}

describe('the manifest of evidence', () => {
  const DAY = [{ signed: 'a' }, { signed: 'b' }, { signed: 'c', recordedAt: null }];
  const NIGHT = [
    { signed: 'd', source: 'night-line' },
    { signed: 'e', source: 'night-line' },
  ];

  test('digests the rows in the order of their ids, twice', async () => {
    const { lake } = openTestLake();
    const { manifest, duplicates } = await lake.settleEvidence([
      await publishEvidence(lake, 'k1', DAY),
      await publishEvidence(lake, 'k2', NIGHT),
    ]);
    expect(manifest).toMatchObject({
      rows: 5,
      row_digest: digestOver([...DAY, ...NIGHT], 'rowDigest'),
      content_digest: digestOver([...DAY, ...NIGHT], 'contentDigest'),
      excluded: null,
    });
    expect(manifest.shards.map(({ key, rows }) => [key, rows])).toEqual([
      ['k1', 3],
      ['k2', 2],
    ]);
    expect(duplicates).toEqual([]);
  });

  test('does not depend on the order of the shards, or on how records are spread over them', async () => {
    const { lake } = openTestLake();
    const [day, night] = [await publishEvidence(lake, 'k1', DAY), await publishEvidence(lake, 'k2', NIGHT)];
    const whole = await publishEvidence(lake, 'k3', [...NIGHT, ...DAY]);
    const digests = [];
    for (const shards of [[day, night], [night, day], [whole]]) {
      const { manifest } = await lake.settleEvidence(shards);
      digests.push([manifest.row_digest, manifest.content_digest]);
    }
    expect(digests[1]).toEqual(digests[0]);
    expect(digests[2]).toEqual(digests[0]);
  });

  test('is stored under its own digest and read back; a head names it', async () => {
    const { lake, root } = openTestLake();
    const { manifest, digest } = await lake.settleEvidence([await publishEvidence(lake, 'k1', DAY)]);
    expect(digest).toBe(
      createHash('sha256')
        .update(canonicalJson(manifest as unknown as JsonValue))
        .digest('hex'),
    );
    expect(lake.readManifest('evidence', digest)).toEqual(manifestSchema.parse(manifest));
    lake.setHead('evidence', digest, 'run-1');
    expect(JSON.parse(readFileSync(join(root, 'heads/evidence.json'), 'utf8'))).toEqual({
      schema: 'head/1',
      kind: 'evidence',
      manifest: digest,
      run_id: 'run-1',
    });
  });

  test('that is not there is an error that tells what to do', () => {
    const { lake } = openTestLake();
    expect(() => lake.readManifest('evidence', 'f'.repeat(64))).toThrow(LakeCorruptError);
  });

  test('of no shards is empty', async () => {
    const { lake } = openTestLake();
    const { manifest } = await lake.settleEvidence([]);
    expect(manifest).toMatchObject({ rows: 0, row_digest: sha256(''), content_digest: sha256(''), shards: [], excluded: null });
  });
});

describe('exact duplicates', () => {
  const same = { signed: 'the same record' };

  test.each<[string, readonly Record[], readonly Record[], string]>([
    ['source', [{ ...same, source: 'b', file: 'a.jsonl' }], [{ ...same, source: 'a', file: 'z.jsonl', line: 9 }], 'a z.jsonl 9'],
    ['file', [{ ...same, file: 'b.jsonl' }], [{ ...same, file: 'a.jsonl', line: 9 }], 'harbour-desk a.jsonl 9'],
    ['line', [{ ...same, line: 10 }], [{ ...same, line: 9 }], 'harbour-desk desk.jsonl 9'],
  ])('the smallest %s survives', async (_what, first, second, survivor) => {
    for (const order of [
      [first, second],
      [second, first],
    ]) {
      const { lake } = openTestLake();
      const shards = [await publishEvidence(lake, 'k1', order[0]!), await publishEvidence(lake, 'k2', order[1]!)];
      const { manifest, duplicates } = await lake.settleEvidence(shards);
      const [kept] = [...first, ...second].filter((record) => {
        const { evidence } = assembled(record);
        return `${evidence.source} ${evidence.provenance.source_file} ${evidence.provenance.line_offset}` === survivor;
      });
      expect(manifest).toMatchObject({ rows: 1, row_digest: digestOver([kept!], 'rowDigest') });
      expect(duplicates).toHaveLength(1);
      expect(`${duplicates[0]!.source} ${duplicates[0]!.source_file} ${duplicates[0]!.line_offset}`).not.toBe(survivor);
    }
  });

  test('within one shard and one line, the first survives', async () => {
    const { lake } = openTestLake();
    const { manifest, duplicates } = await lake.settleEvidence([
      await publishEvidence(lake, 'k1', [same, same, same, { signed: 'another' }]),
    ]);
    expect([manifest.rows, duplicates.length]).toEqual([2, 2]);
  });

  test('are left out by every reader of the version, and told by their place', async () => {
    const { lake } = openTestLake();
    const shards = [
      await publishEvidence(lake, 'k1', [same, { signed: 'another' }]),
      await publishEvidence(lake, 'k2', [{ ...same, file: 'z-copy.jsonl', line: 4, locator: { line: 4 } }]),
    ];
    const { manifest, duplicates } = await lake.settleEvidence(shards);
    expect(duplicates).toEqual([
      {
        id: assembled(same).evidence.id,
        source: 'harbour-desk',
        source_file: 'z-copy.jsonl',
        line_offset: 4,
        locator: '{"line":4}',
        sig_hash: sha256('the same record'),
      },
    ]);
    expect(manifest.excluded?.rows).toBe(1);
    expect(await lake.countBy(manifest, ['source_file'])).toEqual([{ source_file: 'desk.jsonl', rows: 2 }]);
    const path = join(temporaryFolder(), 'unread.jsonl');
    expect(await lake.writeUnread([], manifest, QUARANTINE_REASONS, path)).toEqual({ exact_duplicate: 1 });
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      evidence_id: assembled(same).evidence.id,
      reason: 'exact_duplicate',
      provenance: { source_file: 'z-copy.jsonl', line_offset: 4 },
    });
  });

  test('make no difference to the content', async () => {
    const { lake } = openTestLake();
    const once = await lake.settleEvidence([await publishEvidence(lake, 'k1', [same, { signed: 'another' }])]);
    const twice = await lake.settleEvidence([
      await publishEvidence(lake, 'k2', [same, { signed: 'another' }]),
      await publishEvidence(lake, 'k3', [{ ...same, file: 'z.jsonl' }]),
    ]);
    expect(twice.manifest.content_digest).toBe(once.manifest.content_digest);
  });
});
