import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WrittenSet } from '../../activities/written-set.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonObject, JsonValue } from '../../domain/shared/json.ts';
import { preferenceRowSchema, quarantineRowSchema, ragRowSchema, sftRowSchema } from '../../schemas/export-rows.ts';
import { stageReceiptSchema } from '../../schemas/stage-receipt.ts';
import { exportedRows, exportedText } from './exported-files.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';
import { ATTEMPT, copyTestRun, doStages, makeTestRun, OUTPUT_SETS, type TestRun } from './test-run.ts';
import { chat, HARBOUR, lines } from './traces.ts';

const RAG = 'rag/playbooks.jsonl';
const SFT = 'sft/instruction_response.jsonl';
const PREFERENCE = 'preference/chosen_rejected.jsonl';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

async function exported(options: Parameters<typeof makeTestRun>[0]): Promise<TestRun> {
  const run = makeTestRun(options);
  await doStages(run, 'export');
  return run;
}

let done: TestRun;
beforeAll(async () => {
  done = await exported({ traces: HARBOUR, root: makeFolder() });
});
afterAll(() => removeFolder(done.root));

/** What the assistant said last, row by row. */
const answersIn = (rows: readonly JsonObject[]): string[] =>
  rows.map((row) => (row.messages as { content: string }[]).at(-1)!.content).sort();

describe('the sets of the harbour desk', () => {
  test('RAG holds what is accepted, and what is partly with a warning', async () => {
    const rows = exportedRows(done, RAG).map((row) => ragRowSchema.parse(row));
    expect(rows.map(({ title, category, warning }) => [title, category, warning]).sort()).toEqual([
      ['How do I moor the ferry?', 'accepted', false],
      ['How do I moor the ferry?', 'partially_accepted', true],
      ['Is the lock open?', 'accepted', false],
      ['Is the lock open?', 'partially_accepted', true],
      ['When is low tide?', 'accepted', false],
    ]);
    expect(rows.find(({ content }) => content.includes('two lines'))?.validation_steps).toEqual(['Check the fenders.']);
  });

  test('SFT holds only what is accepted', async () => {
    const rows = exportedRows(done, SFT);
    expect(rows.map((row) => sftRowSchema.parse(row).quality_score)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(answersIn(rows)).toEqual(['At 6:40.', 'Tie two lines.\nCheck the fenders.', 'Yes, until ten.']);
  });

  test('with partial rows asked for, it holds those too, and nothing else', async () => {
    const rows = exportedRows(await exported({ traces: HARBOUR, settings: { include_partial: true } }), SFT);
    expect(rows.map((row) => sftRowSchema.parse(row).quality_score).sort()).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'partially_accepted',
      'partially_accepted',
    ]);
    expect(answersIn(rows)).toContain('Tie one line.');
  });

  test('preference holds a pair of each task with a better and a worse answer', async () => {
    const rows = exportedRows(done, PREFERENCE).map((row) => preferenceRowSchema.parse(row));
    expect(
      rows.map(({ prompt, chosen, rejected, margin }) => [prompt[0]!.content, chosen[0]!.content, rejected[0]!.content, margin]).sort(),
    ).toEqual([
      ['How do I moor the ferry?', 'Tie two lines.\nCheck the fenders.', 'Tie one line.', 0.4],
      ['Is the lock open?', 'Yes, until ten.', 'It is open until ten.', 0.5],
      ['When is low tide?', 'At 6:40.', 'At noon.', 1],
    ]);
    for (const row of rows) {
      expect(row.chosen_id).not.toBe(row.rejected_id);
      expect(row.id).toBe(sha256(`pair\n${row.chosen_id}\n${row.rejected_id}`));
    }
  });

  test('everything else is quarantined with its reason: eligible = exported + quarantined', async () => {
    const run = done;
    const reasonsOf = (set: string): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const row of exportedRows(run, `quarantine/${set}.jsonl`)) {
        const { reason } = quarantineRowSchema.parse(row);
        counts[reason] = (counts[reason] ?? 0) + 1;
      }
      return counts;
    };
    const expected = {
      materialize: { broken_json: 1, truncated_line: 1, exact_duplicate: 2 },
      rag: { rejected: 2, needs_human_review: 1 },
      sft: { rejected: 2, needs_human_review: 1, partial_excluded: 2 },
      preference: { needs_human_review: 1, no_assistant_turn: 1 },
    };
    for (const [set, reasons] of Object.entries(expected)) expect(reasonsOf(set), set).toEqual(reasons);
    expect(run.ports.runs.read<WrittenSet>(run.input.run_id, 'written-quarantine').reasons).toEqual(expected);
    // RAG: 5 + 3, SFT: 3 + 5, of 8 records each.
    expect([exportedRows(run, RAG).length, exportedRows(run, SFT).length]).toEqual([5, 3]);
  });

  test('the receipt names every file with its rows and digest', async () => {
    const run = done;
    const receipt = stageReceiptSchema.parse(run.ports.runs.read(run.input.run_id, 'export-receipt'));
    expect(receipt.counts).toMatchObject({ in: 8, out: 11, more: { rag: 5, sft: 3, preference: 3 } });
    expect(receipt.counts.quarantined).toEqual({ rejected: 4, needs_human_review: 3, partial_excluded: 2, no_assistant_turn: 1 });
    // Three sets and four lists of quarantined rows, each with the schema of its lines.
    expect(receipt.outputs).toHaveLength(14);
    for (const { path, digest, rows } of receipt.outputs) {
      const content = readFileSync(join(run.workspace, path), 'utf8');
      // A schema stands on one line, and is no row.
      const lines = path.endsWith('.schema.json') ? 0 : content.split('\n').length - 1;
      expect([sha256(content), lines], path).toEqual([digest, rows]);
    }
  });
});

describe('every row', () => {
  test('is canonical JSON and leads to the line it came from', () => {
    const run = done;
    const sources: Record<string, string[]> = {
      'traces/day.jsonl': HARBOUR['day.jsonl'].split('\n'),
      'traces/night.jsonl': HARBOUR['night.jsonl'].split('\n'),
    };
    for (const name of [RAG, SFT]) {
      for (const line of exportedText(run, name).trimEnd().split('\n')) {
        const row = JSON.parse(line) as JsonObject;
        expect(canonicalJson(row)).toBe(line);
        const { source_file, line_offset, sig_hash } = row.provenance as { source_file: string; line_offset: number; sig_hash: string };
        expect(sig_hash).toBe(sha256(canonicalJson(JSON.parse(sources[source_file]![line_offset]!) as JsonValue)));
      }
    }
  });

  test('of one task stands in one split, in all sets', async () => {
    const traces = {
      'many.jsonl': lines(
        ...Array.from({ length: 120 }, (_, index) =>
          chat(`Tide of day ${index % 40}?`, `At ${index}.`, { task_id: `day-${index % 40}`, reward: index < 40 ? 0 : 1 }),
        ),
      ),
    };
    const run = await exported({ traces, settings: { validation_share: 0.3, test_share: 0.3 } });
    const splits = new Map<unknown, Set<unknown>>();
    for (const name of [RAG, SFT, PREFERENCE]) {
      for (const { task_key, split } of exportedRows(run, name)) splits.set(task_key, (splits.get(task_key) ?? new Set()).add(split));
    }
    expect(splits.size).toBe(40);
    expect([...splits.values()].every((found) => found.size === 1)).toBe(true);
    expect(new Set([...splits.values()].flatMap((found) => [...found]))).toEqual(new Set(['train', 'validation', 'test']));
  });

  test('keeps the digits of its tools', async () => {
    const tools =
      '[{"function":{"name":"tide_table","parameters":{"properties":{"day":{"maximum":9223372036854775807}}}},"type":"function"}]';
    const traces = { 'desk.jsonl': `${chat('When is low tide?', 'At 6:40.', { reward: 1 }).slice(0, -1)},"tools":${tools}}\n` };
    expect(exportedText(await exported({ traces }), SFT)).toContain(`"tools":${tools}`);
  });
});

describe('an export', () => {
  test('of the same records in other files is the same, but for the places', async () => {
    const records = [...HARBOUR['day.jsonl'].split('\n').slice(0, -1), ...HARBOUR['night.jsonl'].trimEnd().split('\n')];
    const requests = [{ name: 'desk', paths: ['traces'], options: {} }];
    const digestsOf = ({ ports, input }: TestRun): string[] =>
      ['rag', 'sft', 'preference'].map((set) => ports.runs.read<WrittenSet>(input.run_id, `written-${set}`).content_digest);
    const together = await exported({ traces: { 'all.jsonl': lines(...records) }, requests });
    const apart = await exported({
      traces: { 'a.jsonl': lines(...records.slice(5).reverse()), 'b.jsonl': lines(...records.slice(0, 5)) },
      requests,
    });
    expect(digestsOf(apart)).toEqual(digestsOf(together));
  });

  test('done again in the same workspace is the same, byte for byte', async () => {
    const first = copyTestRun(done);
    const second = { ...first, input: { ...first.input, run_id: 'run-2' } };
    const plans = await doStages(second, 'export');
    expect(plans.export).toMatchObject({ pending: [] });
    for (const name of [RAG, SFT, PREFERENCE, 'quarantine/sft.jsonl']) expect(exportedText(second, name)).toBe(exportedText(first, name));
  });

  test('a file that was written is not written again by a retry', async () => {
    const run = copyTestRun(done);
    const before = OUTPUT_SETS.map((set) => run.ports.runs.read<WrittenSet>(run.input.run_id, `written-${set}`));
    for (const set of OUTPUT_SETS) await run.work.writeExportSet({ run: run.input, set }, ATTEMPT);
    expect(OUTPUT_SETS.map((set) => run.ports.runs.read<WrittenSet>(run.input.run_id, `written-${set}`))).toEqual(before);
  });

  test('as Parquet has as many rows', async () => {
    const run = copyTestRun(done);
    const settings = { ...run.input.settings, formats: ['jsonl' as const, 'parquet' as const] };
    await doStages({ ...run, input: { ...run.input, run_id: 'run-2', settings } }, 'export');
    const { files } = run.ports.runs.read<WrittenSet>('run-2', 'written-sft');
    expect(files.map(({ name, rows }) => [name, rows])).toEqual([
      [SFT, 3],
      ['sft/instruction_response.parquet', 3],
      ['sft/instruction_response.jsonl.schema.json', 0],
    ]);
  });

  test('of nothing worth exporting has empty files', async () => {
    const traces = { 'desk.jsonl': lines(chat('When is low tide?', 'At 6:40.')) };
    const run = await exported({ traces, settings: { formats: ['jsonl', 'parquet'] } });
    expect([RAG, SFT, PREFERENCE].map((name) => exportedText(run, name))).toEqual(['', '', '']);
    expect(exportedRows(run, 'quarantine/sft.jsonl')).toMatchObject([{ reason: 'needs_human_review' }]);
  });
});
