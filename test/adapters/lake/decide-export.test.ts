import { describe, expect, test } from 'vitest';
import type { ExportVersion, Lake } from '../../../activities/ports.ts';
import { clusterTasks, pairTask } from '../../../domain/export/index.ts';
import type { ShardEntry, ShardPart } from '../../../schemas/manifest.ts';
import type { Category, QuarantineReason } from '../../../schemas/vocabulary.ts';
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

async function publishCandidates(lake: Lake, key: string, candidates: readonly Candidate[]): Promise<ShardEntry> {
  const draft = lake.draft();
  try {
    for (const [place, candidate] of candidates.entries()) {
      const { id, task, category = 'accepted', value = null, system = '' } = candidate;
      const { rag = `rag of ${id}`, sft = `sft of ${id}`, answer = `answer of ${id}` } = candidate;
      const text = (side: typeof rag): string | null => (typeof side === 'string' ? side : null);
      const refusal = (side: typeof rag): string | null => (typeof side === 'string' ? null : side.refusal);
      const digest = (side: typeof rag): string | null => (typeof side === 'string' ? sha256(side) : null);
      const row = {
        evidence_id: id,
        source: 'harbour-desk',
        provenance: {
          source_file: 'desk.jsonl',
          locator: { line: place },
          line_offset: place,
          sig_hash: sha256(id),
          recorded_at: '2026-03-02T06:40:00.000Z',
          recorded_at_from: 'record',
        },
        task_key: task,
        category,
        value,
        rag: text(rag),
        rag_refusal: refusal(rag),
        rag_text_digest: digest(rag),
        sft: text(sft),
        sft_refusal: refusal(sft),
        sft_detail: typeof sft === 'string' ? null : (sft.detail ?? null),
        sft_text_digest: digest(sft),
        preference_refusal: refusal(answer),
        system_digest: typeof answer === 'string' ? sha256(system) : null,
        answer_digest: digest(answer),
        shard: key,
        place,
      };
      draft.write('candidates', JSON.stringify(row));
    }
    const [entry] = await draft.publish([{ kind: 'candidates', key, counts: {} }]);
    return entry!;
  } finally {
    draft.close();
  }
}

async function decide(lake: Lake, candidates: readonly ShardEntry[], excluded: ShardPart | null = null): Promise<ExportVersion> {
  await lake.decideExport({
    key: 'decided',
    candidates,
    excluded,
    clusterTasks,
    pairTask: (contenders) => pairTask(contenders, 2),
    throwIfStopped: () => undefined,
  });
  return { candidates, excluded, decisions: lake.find('decisions', 'decided')!, pairs: lake.find('pairs', 'decided')! };
}

async function collect<Row>(batches: AsyncIterable<readonly Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const batch of batches) rows.push(...batch);
  return rows;
}

/** Ids of the rows that entered a set, with their cluster. */
async function admitted(lake: Lake, version: ExportVersion, set: 'rag' | 'sft'): Promise<string[]> {
  return (await collect(lake.scanAdmitted(version, set))).map((row) => `${row.evidence_id} in ${row.cluster}`);
}

async function refused(lake: Lake, version: ExportVersion, set: 'rag' | 'sft' | 'preference'): Promise<string[]> {
  return (await collect(lake.scanRefused(version, set))).map((row) => `${row.evidence_id} ${row.reason}`);
}

const OUT = { refusal: 'rejected' } as const;

describe('equal texts', () => {
  test('the better category stays, then the smaller id, set by set', async () => {
    const { lake } = openTestLake();
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
    expect(await admitted(lake, version, 'rag')).toEqual(['c in tide', 'b in tide']);
    expect(await refused(lake, version, 'rag')).toEqual(['a duplicate_text', 'd duplicate_text']);
    expect(await admitted(lake, version, 'sft')).toEqual(['a in tide', 'c in tide']);
    expect(await refused(lake, version, 'sft')).toEqual(['d duplicate_text', 'b no_prompt']);
  });

  test('a row that is out for another reason keeps none out', async () => {
    const { lake } = openTestLake();
    const version = await decide(lake, [
      await publishCandidates(lake, 'k1', [
        { id: 'a', task: 'tide', rag: OUT },
        { id: 'b', task: 'tide', rag: 'same' },
      ]),
    ]);
    expect(await refused(lake, version, 'rag')).toEqual(['a rejected']);
  });

  test('the detail of a refusal goes along', async () => {
    const { lake } = openTestLake();
    const version = await decide(lake, [
      await publishCandidates(lake, 'k1', [
        { id: 'a', task: 'tide', sft: { refusal: 'no_prompt', detail: 'the first user turn is empty' } },
      ]),
    ]);
    expect(await collect(lake.scanRefused(version, 'sft'))).toMatchObject([
      { detail: 'the first user turn is empty', set: 'sft', line_offset: 0 },
    ]);
  });
});

describe('clusters', () => {
  test('tasks that share a text in RAG, in SFT or in answers stand together', async () => {
    const { lake } = openTestLake();
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
    expect(await admitted(lake, version, 'rag')).toEqual(['a in pier', 'c in pier', 'd in dock', 'e in dock', 'f in mole']);
  });

  test('an answer that is in no training set joins no tasks', async () => {
    const { lake } = openTestLake();
    const version = await decide(lake, [
      await publishCandidates(lake, 'k1', [
        { id: 'a', task: 'weir', answer: 'I do not know.', sft: OUT },
        { id: 'b', task: 'quay', answer: 'I do not know.', sft: OUT },
      ]),
    ]);
    expect(await admitted(lake, version, 'rag')).toEqual(['a in weir', 'b in quay']);
  });
});

describe('pairs', () => {
  test('are formed task by task over all shards, and who is in none is told why', async () => {
    const { lake } = openTestLake();
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
    expect(await lake.countRefusals(version, 'preference')).toEqual([
      { reason: 'needs_human_review', rows: 1 },
      { reason: 'no_counterpart', rows: 1 },
      { reason: 'tie', rows: 2 },
    ]);
  });

  test('none at all is a shard without rows', async () => {
    const { lake } = openTestLake();
    const version = await decide(lake, [await publishCandidates(lake, 'k1', [{ id: 'a', task: 'tide', answer: OUT }])]);
    expect([version.pairs.rows, version.decisions.rows]).toEqual([0, 1]);
  });
});

describe('whatever the candidates', () => {
  test('every record is decided once for every set', async () => {
    const { lake } = openTestLake();
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
      const ids = [...(await collect(lake.scanAdmitted(version, set))), ...(await collect(lake.scanRefused(version, set)))].map(
        (row) => row.evidence_id,
      );
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
      const { lake } = openTestLake();
      const shards = [await publishCandidates(lake, 'k1', first), await publishCandidates(lake, 'k2', second)];
      const version = await decide(lake, isTurned ? shards.reverse() : shards);
      found.push([(await admitted(lake, version, 'rag')).sort(), (await refused(lake, version, 'preference')).sort(), version.pairs.rows]);
    }
    expect(found[1]).toEqual(found[0]);
  });

  test('an excluded row is decided by nobody', async () => {
    const { lake } = openTestLake();
    const shard = await publishCandidates(lake, 'k1', [
      { id: 'a', task: 'tide', value: 1 },
      { id: 'z', task: 'tide', category: 'rejected', value: 0 },
    ]);
    const gone = await publishExcluded(lake, 'k1', 1);
    const version = await decide(lake, [shard], gone);
    expect(version.decisions.rows).toBe(1);
    expect(version.pairs.rows).toBe(0);
    expect(await refused(lake, version, 'preference')).toEqual(['a no_counterpart']);
  });

  test('of none are no decisions', async () => {
    const { lake } = openTestLake();
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
