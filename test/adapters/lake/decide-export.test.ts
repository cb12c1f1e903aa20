import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Copies, DecidedSet, ExportShard, ExportVersion, Lake, SignedDocument } from '../../../activities/ports.ts';
import { openDatabase, parquetFiles } from '../../../adapters/lake/database.ts';
import { clusterTasks, pairTask } from '../../../domain/export/index.ts';
import type { QuarantineRow } from '../../../schemas/export-rows.ts';
import type { ShardPart } from '../../../schemas/manifest.ts';
import { QUARANTINE_REASONS, type Category, type ExportSet, type QuarantineReason } from '../../../schemas/vocabulary.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestLake, publishEvidence, sha256 } from './lake-rows.ts';

interface Candidate {
  readonly id: string;
  readonly task: string;
  readonly category?: Category;
  readonly value?: number | null;
  /** Text of the RAG row; a reason in its place keeps the record out of the set. */
  readonly rag?: string | { readonly refusal: QuarantineReason };
  readonly sft?: string | { readonly refusal: QuarantineReason; readonly detail?: string };
  readonly answer?: string | { readonly refusal: QuarantineReason };
  readonly system?: string;
}

type TestLake = ReturnType<typeof openTestLake>;

/** 128 bits that tell texts apart. */
const keyOf = (text: string): string => sha256(text).slice(0, 32);

async function publishCandidates({ lake }: TestLake, key: string, candidates: readonly Candidate[]): Promise<ExportShard> {
  const draft = lake.draft();
  const lines = { rag: 0, sft: 0 };
  try {
    for (const [place, candidate] of candidates.entries()) {
      const { id, task, category = 'accepted', value = null, system = '' } = candidate;
      const { rag = `rag of ${id}`, sft = `sft of ${id}`, answer = `answer of ${id}` } = candidate;
      const textColumns = (set: 'rag' | 'sft', side: typeof rag) => {
        if (typeof side !== 'string')
          return { [`${set}_refusal`]: side.refusal, [`${set}_line`]: null, [`${set}_key`]: null, [`${set}_digest`]: null };
        draft.write(`${set}_texts`, JSON.stringify({ id, split: '@split', text: side }));
        return {
          [`${set}_refusal`]: null,
          [`${set}_line`]: lines[set]++,
          [`${set}_key`]: keyOf(side),
          [`${set}_digest`]: sha256(side),
          [`${set}_tokens`]: side.length,
        };
      };
      const row = {
        evidence_id: id,
        provenance: {
          source_file: 'desk.jsonl',
          locator: { line: place },
          line_offset: place,
          sig_hash: sha256(id),
          recorded_at: '2026-03-02T06:40:00.000Z',
          recorded_at_from: 'record',
        },
        task_key: task,
        draw: drawOf(task),
        category,
        value,
        ...textColumns('rag', rag),
        ...textColumns('sft', sft),
        detail: typeof sft === 'string' ? null : (sft.detail ?? null),
        preference_refusal: typeof answer === 'string' ? null : answer.refusal,
        system_key: typeof answer === 'string' ? keyOf(system) : null,
        answer_key: typeof answer === 'string' ? keyOf(answer) : null,
        shard: key,
        place,
      };
      draft.write('candidates', JSON.stringify(row));
      const signature = Buffer.from(id).toString('base64');
      draft.write('signatures', JSON.stringify({ rag: signature, sft: null, shard: key, place }));
    }
    const kinds = ['rag_texts', 'sft_texts', 'signatures', 'candidates'] as const;
    const [ragTexts, sftTexts, signatures, published] = await draft.publish(kinds.map((kind) => ({ kind, key, counts: {} })));
    return { shard: key, candidates: published!, signatures: signatures!, rag: ragTexts!, sft: sftTexts! };
  } finally {
    draft.close();
  }
}

/** Draws by hand: what begins with `m` is for validation, what begins with `p` for the test. */
function drawOf(cluster: string): number {
  return cluster.startsWith('p') ? 1 : cluster.startsWith('m') ? 15 : 4_000_000_000;
}

interface Deciding {
  readonly excluded?: ShardPart;
  readonly findCopies?: (documents: AsyncIterable<readonly SignedDocument[]>) => Promise<Copies>;
}

async function decide({ lake }: TestLake, shards: readonly ExportShard[], { excluded, findCopies }: Deciding = {}): Promise<ExportVersion> {
  await lake.decideExport({
    key: 'decided',
    shards,
    excluded: excluded ?? null,
    clusterTasks,
    pairTask: (contenders) => pairTask(contenders, 2),
    findCopies: findCopies ?? (async (documents) => (await collect(documents), { removed: { rag: [], sft: [] }, links: [] })),
    drawOf,
    bounds: { test: 10, validation: 20 },
    tokenBounds: [2, 4],
    releases: '',
    throwIfStopped: () => undefined,
  });
  return { shards, decisions: lake.find('decisions', 'decided')!, pairs: lake.find('pairs', 'decided')! };
}

async function collect<Row>(batches: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
}

/** The rows that entered a set, as they are written: id and split. */
async function admitted({ lake }: TestLake, version: ExportVersion, set: 'rag' | 'sft'): Promise<string[]> {
  const of = { train: '"split":"train"', validation: '"split":"validation"', test: '"split":"test"' };
  const blocks: Uint8Array[] = [];
  for await (const { bytes } of lake.admittedLines(version, set, { mark: '"split":"@split"', of })) blocks.push(bytes);
  const text = Buffer.concat(blocks).toString('utf8').trim();
  const rows = text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as { id: string; split: string });
  expect((version.decisions.counts[set] as DecidedSet).rows).toBe(rows.length);
  return rows.map(({ id, split }) => `${id} in ${split}`);
}

async function refusedRows({ lake }: TestLake, version: ExportVersion, set: ExportSet): Promise<QuarantineRow[]> {
  const path = join(temporaryFolder(), 'refused.jsonl');
  const counts = await lake.writeRefused(version, set, QUARANTINE_REASONS, path);
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  const rows = text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as QuarantineRow);
  for (const [reason, count] of Object.entries(counts)) expect(rows.filter((row) => row.reason === reason)).toHaveLength(count);
  return rows;
}

async function refused(lake: TestLake, version: ExportVersion, set: ExportSet): Promise<string[]> {
  return (await refusedRows(lake, version, set)).map((row) => `${row.evidence_id} ${row.reason}`);
}

/** Each record with its cluster. */
async function clusters({ root }: TestLake, version: ExportVersion): Promise<string[]> {
  const database = await openDatabase({ threads: 1, memoryMb: 128, tempDir: join(root, 'spill') });
  try {
    const files = parquetFiles(version.decisions.parts.map((part) => join(root, part.path)));
    const rows = await database.rows<{ row: string }>(`SELECT evidence_id || ' in ' || cluster AS row FROM ${files} ORDER BY evidence_id`);
    return rows.map(({ row }) => row);
  } finally {
    database.close();
  }
}

const OUT = { refusal: 'rejected' } as const;

describe('equal texts', () => {
  test('the better category stays, then the smaller id, set by set', async () => {
    const lake = openTestLake();
    const version = await decide(lake, [
      await publishCandidates(lake, 'k1', [
        { id: 'a', task: 'tide', category: 'partially_accepted', rag: 'same', sft: 'one' },
        { id: 'd', task: 'tide', rag: 'same', sft: 'two' },
      ]),
      await publishCandidates(lake, 'k2', [
        { id: 'c', task: 'tide', rag: 'same', sft: 'two' },
        { id: 'b', task: 'tide', rag: 'another', sft: { refusal: 'no_prompt', detail: 'the first user turn is empty' } },
      ]),
    ]);
    expect(await admitted(lake, version, 'rag')).toEqual(['c in train', 'b in train']);
    expect(await refused(lake, version, 'rag')).toEqual(['a duplicate_text', 'd duplicate_text']);
    expect(await admitted(lake, version, 'sft')).toEqual(['a in train', 'c in train']);
    expect(await refused(lake, version, 'sft')).toEqual(['d duplicate_text', 'b no_prompt']);
  });

  test('a row that is out for another reason keeps none out', async () => {
    const lake = openTestLake();
    const version = await decide(lake, [
      await publishCandidates(lake, 'k1', [
        { id: 'a', task: 'tide', rag: OUT },
        { id: 'b', task: 'tide', rag: 'same' },
      ]),
    ]);
    expect(await refused(lake, version, 'rag')).toEqual(['a rejected']);
  });

  test('the detail of a refusal goes along', async () => {
    const lake = openTestLake();
    const version = await decide(lake, [
      await publishCandidates(lake, 'k1', [
        { id: 'a', task: 'tide', sft: { refusal: 'no_prompt', detail: 'the first user turn is empty' } },
      ]),
    ]);
    expect(await refusedRows(lake, version, 'sft')).toMatchObject([
      { detail: 'the first user turn is empty', set: 'sft', provenance: { line_offset: 0, locator: { line: 0 } } },
    ]);
  });
});

describe('clusters', () => {
  test('tasks that share a text in RAG, in SFT or in answers stand together', async () => {
    const lake = openTestLake();
    const version = await decide(lake, [
      await publishCandidates(lake, 'k1', [
        { id: 'a', task: 'weir', rag: 'same rag' },
        { id: 'b', task: 'quay', rag: 'same rag', sft: 'same sft' },
        { id: 'c', task: 'pier', sft: 'same sft' },
        { id: 'd', task: 'lock', answer: 'same answer' },
        { id: 'e', task: 'dock', answer: 'same answer' },
        { id: 'f', task: 'mole' },
      ]),
    ]);
    expect(await clusters(lake, version)).toEqual(['a in pier', 'b in pier', 'c in pier', 'd in dock', 'e in dock', 'f in mole']);
    expect(await admitted(lake, version, 'rag')).toEqual(['a in test', 'c in test', 'd in train', 'e in train', 'f in validation']);
  });

  test('an answer that is in no training set joins no tasks', async () => {
    const lake = openTestLake();
    const version = await decide(lake, [
      await publishCandidates(lake, 'k1', [
        { id: 'a', task: 'weir', answer: 'I do not know.', sft: OUT },
        { id: 'b', task: 'quay', answer: 'I do not know.', sft: OUT },
      ]),
    ]);
    expect(await clusters(lake, version)).toEqual(['a in weir', 'b in quay']);
  });
});

describe('near copies', () => {
  test('documents come in the order of their ids, once a record, with the sets they are in so far', async () => {
    const lake = openTestLake();
    const seen: SignedDocument[] = [];
    await decide(
      lake,
      [
        await publishCandidates(lake, 'k1', [
          { id: 'b', task: 'tide', rag: 'same', value: 0.5 },
          { id: 'a', task: 'weir', rag: 'same', sft: OUT },
          { id: 'c', task: 'quay', rag: OUT, sft: OUT },
        ]),
      ],
      { findCopies: async (documents) => (seen.push(...(await collect(documents))), { removed: { rag: [], sft: [] }, links: [] }) },
    );
    expect(seen.map(({ in_rag, in_sft, value, day, rag, sft }) => [in_rag, in_sft, value, day, Buffer.from(rag!).toString(), sft])).toEqual(
      [
        [true, false, null, '2026-03-02', 'a', null],
        [false, true, 0.5, '2026-03-02', 'b', null],
      ],
    );
  });

  test('are out of the set they are copies in, and their tasks stand together', async () => {
    const lake = openTestLake();
    const version = await decide(
      lake,
      [
        await publishCandidates(lake, 'k1', [
          { id: 'a', task: 'weir' },
          { id: 'b', task: 'pier' },
          { id: 'c', task: 'mole' },
        ]),
      ],
      { findCopies: async (documents) => (await collect(documents), { removed: { rag: [1], sft: [] }, links: [[0, 1]] }) },
    );
    expect(await refused(lake, version, 'rag')).toEqual(['b near_duplicate']);
    expect(await admitted(lake, version, 'rag')).toEqual(['a in test', 'c in validation']);
    expect(await admitted(lake, version, 'sft')).toEqual(['a in test', 'b in test', 'c in validation']);
  });
});

describe('pairs', () => {
  test('are formed task by task over all shards, and who is in none is told why', async () => {
    const lake = openTestLake();
    const version = await decide(lake, [
      await publishCandidates(lake, 'k1', [
        { id: 'a', task: 'tide', value: 1 },
        { id: 'b', task: 'moor', value: 1 },
        { id: 'c', task: 'alone', value: 1 },
      ]),
      await publishCandidates(lake, 'k2', [
        { id: 'd', task: 'tide', category: 'rejected', value: 0 },
        { id: 'e', task: 'moor', value: 1 },
        { id: 'f', task: 'tide', category: 'needs_human_review', answer: { refusal: 'needs_human_review' } },
      ]),
    ]);
    expect(version.pairs.rows).toBe(1);
    expect(await refused(lake, version, 'preference')).toEqual(['b tie', 'c no_counterpart', 'e tie', 'f needs_human_review']);
  });

  test('none at all is a shard without rows', async () => {
    const lake = openTestLake();
    const version = await decide(lake, [await publishCandidates(lake, 'k1', [{ id: 'a', task: 'tide', answer: OUT }])]);
    expect([version.pairs.rows, version.decisions.rows]).toEqual([0, 1]);
  });
});

describe('whatever the candidates', () => {
  test('every record is decided once for every set', async () => {
    const lake = openTestLake();
    const candidates = Array.from({ length: 300 }, (_, index) => ({
      id: `id-${String(index).padStart(3, '0')}`,
      task: `task-${index % 40}`,
      rag: index % 7 === 0 ? OUT : `text ${index % 90}`,
      sft: index % 5 === 0 ? OUT : `text ${index % 110}`,
      value: (index % 3) / 2,
      category: (['rejected', 'partially_accepted', 'accepted'] as const)[index % 3]!,
    }));
    const version = await decide(lake, [
      await publishCandidates(lake, 'k1', candidates.slice(0, 130)),
      await publishCandidates(lake, 'k2', candidates.slice(130)),
    ]);
    expect(version.decisions.rows).toBe(300);
    for (const set of ['rag', 'sft'] as const) {
      const ids = [...(await admitted(lake, version, set)), ...(await refused(lake, version, set))].map((row) => row.split(' ')[0]);
      expect(ids.sort()).toEqual(candidates.map(({ id }) => id));
    }
  });

  test('the same shards in another order give the same decisions', async () => {
    const first = [
      { id: 'a', task: 'tide', rag: 'x' },
      { id: 'b', task: 'moor', rag: 'y' },
    ];
    const second = [
      { id: 'c', task: 'weir', rag: 'x' },
      { id: 'd', task: 'tide', category: 'rejected' as const, rag: OUT, sft: OUT },
    ];
    const found = [];
    for (const isTurned of [false, true]) {
      const lake = openTestLake();
      const shards = [await publishCandidates(lake, 'k1', first), await publishCandidates(lake, 'k2', second)];
      const version = await decide(lake, isTurned ? shards.reverse() : shards);
      found.push([(await admitted(lake, version, 'rag')).sort(), (await refused(lake, version, 'preference')).sort(), version.pairs.rows]);
    }
    expect(found[1]).toEqual(found[0]);
  });

  test('what is in a set is summed up: rows by split, tokens by class', async () => {
    const lake = openTestLake();
    const version = await decide(lake, [
      await publishCandidates(lake, 'k1', [
        { id: 'a', task: 'weir', rag: 'ab' },
        { id: 'b', task: 'pier', rag: 'abc' },
        { id: 'c', task: 'quay', rag: 'abcde' },
        { id: 'd', task: 'dock', rag: OUT },
      ]),
    ]);
    const lines = ['ab train', 'abc test', 'abcde train']
      .map((row) => row.split(' '))
      .map(([text, split]) => `${sha256(text!)} ${split}\n`);
    expect(version.decisions.counts.rag).toEqual({
      rows: 3,
      content_digest: sha256(lines.join('')),
      splits: { test: 1, train: 2 },
      tokens: { total: 10, rows: [1, 1, 1] },
    });
  });

  test('an excluded row is decided by nobody', async () => {
    const lake = openTestLake();
    const shard = await publishCandidates(lake, 'k1', [
      { id: 'a', task: 'tide', value: 1 },
      { id: 'z', task: 'tide', category: 'rejected', value: 0 },
    ]);
    const gone = await publishExcluded(lake.lake, 'k1', 1);
    const version = await decide(lake, [shard], { excluded: gone });
    expect(version.decisions.rows).toBe(1);
    expect(version.pairs.rows).toBe(0);
    expect(await refused(lake, version, 'preference')).toEqual(['a no_counterpart']);
  });

  test('of none are no decisions', async () => {
    const lake = openTestLake();
    const version = await decide(lake, []);
    expect([version.decisions.rows, version.pairs.rows]).toEqual([0, 0]);
    expect(await admitted(lake, version, 'rag')).toEqual([]);
  });
});

/** The part that excludes one row of a shard, as settling makes it: from a record that stands twice. */
async function publishExcluded(lake: Lake, shard: string, place: number): Promise<ShardPart> {
  const filler = Array.from({ length: place }, (_, index) => ({ signed: `filler ${index}` }));
  const kept = await publishEvidence(lake, 'kept', [{ signed: 'twice', file: 'a.jsonl' }]);
  const evidence = await publishEvidence(lake, shard, [...filler, { signed: 'twice', file: 'b.jsonl' }]);
  const { manifest } = await lake.settleEvidence([kept, evidence]);
  return manifest.excluded!;
}
