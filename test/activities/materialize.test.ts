import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EvidenceVersion } from '../../activities/materialize.ts';
import type { EvidenceRow } from '../../activities/ports.ts';
import { SourceChangedError } from '../../domain/shared/errors.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { quarantineRowSchema, type QuarantineRow } from '../../schemas/export-rows.ts';
import type { Plan } from '../../schemas/plan.ts';
import { stageReceiptSchema } from '../../schemas/stage-receipt.ts';
import { QUARANTINE_REASONS } from '../../schemas/vocabulary.ts';
import { fixture } from '../adapters/sources/fixture-files.ts';
import { ATTEMPT, doStages, makeTestRun, type TestRun } from './test-run.ts';
import { chat, HARBOUR, lines } from './traces.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function versionOf({ ports, input }: TestRun): EvidenceVersion {
  return ports.runs.read<EvidenceVersion>(input.run_id, 'materialize-version');
}

async function evidenceOf({ ports, input }: TestRun): Promise<EvidenceRow[]> {
  const rows: EvidenceRow[] = [];
  for (const { key } of ports.runs.read<Plan>(input.run_id, 'plan').shards) {
    for await (const batch of ports.lake.scanEvidence(ports.lake.find('evidence', key)!)) rows.push(...batch);
  }
  return rows;
}

async function unreadOf({ root, ports, input }: TestRun): Promise<QuarantineRow[]> {
  const shards = ports.runs.read<Plan>(input.run_id, 'plan').shards.map(({ key }) => ports.lake.find('refused', key)!);
  const evidence = ports.lake.readManifest('evidence', versionOf({ ports, input } as TestRun).manifest);
  const path = join(root, 'unread.jsonl');
  await ports.lake.writeUnread(shards, evidence, QUARANTINE_REASONS, path);
  const text = readFileSync(path, 'utf8').trim();
  return text === '' ? [] : text.split('\n').map((line) => quarantineRowSchema.parse(JSON.parse(line)));
}

describe('what was read', () => {
  test('is accounted for file by file: records = evidence + quarantined', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    await doStages(run, 'materialize');
    const { counts, duplicates_by_source } = versionOf(run);
    expect(counts.files.map(({ file, records, evidence, quarantined }) => [file, records, evidence, quarantined])).toEqual([
      ['traces/day.jsonl', 8, 5, 3],
      ['traces/night.jsonl', 4, 3, 1],
    ]);
    expect(counts.records).toBe(12);
    expect(counts.refused).toEqual({ broken_json: 1, truncated_line: 1, exact_duplicate: 2 });
    expect(duplicates_by_source).toEqual({ traces: 2 });
  });

  test('stands in the receipt', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    await doStages(run, 'materialize');
    const receipt = stageReceiptSchema.parse(run.ports.runs.read(run.input.run_id, 'materialize-receipt'));
    expect(receipt.counts).toMatchObject({ in: 12, out: 8, quarantined: { broken_json: 1, truncated_line: 1, exact_duplicate: 2 } });
    expect(receipt.inputs).toEqual(
      Object.entries(HARBOUR).map(([name, content], index) => ({ path: `traces/${name}`, rows: [8, 4][index], digest: sha256(content) })),
    );
    expect(receipt.outputs).toMatchObject([{ rows: 8 }]);
    expect(receipt.validation.passed).toBe(true);
  });

  test('keeps its health: task, output, truth and time', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    await doStages(run, 'materialize');
    // Duplicates count here: ten records became evidence at first. One has no answer, one no truth, three no time of their own.
    expect(versionOf(run).counts.sources).toEqual([
      { source: 'traces', rows: 10, without_task: 0, without_output: 1, without_truth: 1, without_time: 3 },
    ]);
  });

  test('of a session counts its branches and its broken lines', async () => {
    const session = fixture('claude-code', 'garden-planner.jsonl').text.trimEnd();
    const run = makeTestRun({ traces: { 'garden.jsonl': session, 'torn.jsonl': `${session}\n{"type":"user",` } });
    await doStages(run, 'materialize');
    const [whole, torn] = versionOf(run).counts.files;
    expect(whole!.records).toBe(whole!.evidence + whole!.quarantined);
    // All branches of the second file were read before; the cut line is the one that was not.
    expect([torn!.evidence, torn!.quarantined]).toEqual([0, torn!.records]);
    expect(torn!.records).toBe(whole!.records + 1);
  });
});

describe('evidence', () => {
  test('is signed by its source line, and identified by that', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    await doStages(run, 'materialize');
    const sourceLines = { 'traces/day.jsonl': HARBOUR['day.jsonl'].split('\n'), 'traces/night.jsonl': HARBOUR['night.jsonl'].split('\n') };
    const rows = await evidenceOf(run);
    expect(rows).toHaveLength(10);
    for (const row of rows) {
      const line = sourceLines[row.source_file as keyof typeof sourceLines][row.line_offset]!;
      const signature = sha256(canonicalJson(JSON.parse(line) as JsonValue));
      expect(row.sig_hash).toBe(signature);
      expect(row.id).toBe(sha256(`openai-chat\n${signature}\n`));
      expect(JSON.parse(row.locator)).toEqual({ line: row.line_offset });
    }
  });

  test('lies by the day of the record, and undated without one', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    await doStages(run, 'materialize');
    const manifest = run.ports.lake.readManifest('evidence', versionOf(run).manifest);
    expect(await run.ports.lake.countBy(manifest, ['day'])).toEqual([
      { day: '2026-03-02', rows: 2 },
      { day: '2026-03-03', rows: 3 },
      { day: 'undated', rows: 3 },
    ]);
  });

  test('holds no personal data, and neither does what is told of broken records', async () => {
    const traces = { 'desk.jsonl': lines(chat('Who has the key?', 'Write to ines@harbour.example.'), '{"messages":"ines@harbour.example') };
    const run = makeTestRun({ traces });
    await doStages(run, 'materialize');
    const [row] = await evidenceOf(run);
    expect(row?.messages).toContain('Write to [EMAIL_1].');
    expect(JSON.stringify([row, await unreadOf(run)])).not.toContain('ines@');
    expect(versionOf(run).counts.redactions).toEqual({ email: 1 });
  });

  test('what was not read is told with its place and reason', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    await doStages(run, 'materialize');
    expect((await unreadOf(run)).map((row) => `${row.provenance.source_file}:${row.provenance.line_offset} ${row.reason}`)).toEqual([
      'traces/day.jsonl:2 broken_json',
      'traces/day.jsonl:7 truncated_line',
      'traces/day.jsonl:3 exact_duplicate',
      'traces/night.jsonl:0 exact_duplicate',
    ]);
  });
});

describe('a second run', () => {
  test('on the same files reads nothing again and comes to the same', async () => {
    const first = makeTestRun({ traces: HARBOUR });
    await doStages(first, 'materialize');
    const input = { ...first.input, run_id: 'run-2' };
    const plans = await doStages({ ...first, input }, 'materialize');
    expect(plans.materialize).toMatchObject({ shards: 1, pending: [] });
    expect(versionOf({ ...first, input })).toEqual(versionOf(first));
  });

  test('of a plan that was made finds that plan, whatever became of the files', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    const planned = await run.work.planMaterialize(run.input, ATTEMPT);
    writeFileSync(join(run.root, 'traces/more.jsonl'), lines(chat('Is the lock open?', 'Yes.')));
    expect(await run.work.planMaterialize(run.input, ATTEMPT)).toEqual(planned);
  });

  test('the same shard done twice is there once', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    await run.work.planMaterialize(run.input, ATTEMPT);
    expect(await run.work.materializeShard({ run: run.input, index: 0 }, ATTEMPT)).toEqual({ rows: 10 });
    expect(await run.work.materializeShard({ run: run.input, index: 0 }, ATTEMPT)).toEqual({ rows: 10 });
  });

  test('the same records in one file or two, in another order, have one content digest', async () => {
    const records = HARBOUR['night.jsonl'].trimEnd().split('\n');
    const digestOf = async (traces: Record<string, string>): Promise<string> => {
      const run = makeTestRun({ traces, requests: [{ name: 'desk', paths: ['traces'], options: {} }] });
      await doStages(run, 'materialize');
      return run.ports.lake.readManifest('evidence', versionOf(run).manifest).content_digest;
    };
    const whole = await digestOf({ 'all.jsonl': lines(...records) });
    expect(await digestOf({ 'a.jsonl': lines(...records.slice(2).reverse()), 'b.jsonl': lines(...records.slice(0, 2)) })).toBe(whole);
    expect(await digestOf({ 'all.jsonl': lines(...records.slice(1)) })).not.toBe(whole);
  });
});

describe('an attempt that does not end', () => {
  test('because the file changed leaves no shard', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    await run.work.planMaterialize(run.input, ATTEMPT);
    writeFileSync(join(run.root, 'traces/day.jsonl'), HARBOUR['day.jsonl'].replace('6:40', '7:10'));
    await expect(run.work.materializeShard({ run: run.input, index: 0 }, ATTEMPT)).rejects.toThrow(SourceChangedError);
    expect((await run.work.planMaterialize(run.input, ATTEMPT)).pending).toEqual([0]);
  });

  test('because it was stopped leaves no shard', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    await run.work.planMaterialize(run.input, ATTEMPT);
    const stopped = {
      ...ATTEMPT,
      throwIfStopped: (): void => {
        throw new Error('the watch ended');
      },
    };
    await expect(run.work.materializeShard({ run: run.input, index: 0 }, stopped)).rejects.toThrow('the watch ended');
    expect((await run.work.planMaterialize(run.input, ATTEMPT)).pending).toEqual([0]);
    expect(await run.work.materializeShard({ run: run.input, index: 0 }, ATTEMPT)).toEqual({ rows: 10 });
  });

  test('what is appended while it goes on waits for the next run', async () => {
    const run = makeTestRun({ traces: HARBOUR });
    await run.work.planMaterialize(run.input, ATTEMPT);
    appendFileSync(join(run.root, 'traces/night.jsonl'), lines(chat('Is the lock open?', 'Until ten.')));
    expect(await run.work.materializeShard({ run: run.input, index: 0 }, ATTEMPT)).toEqual({ rows: 10 });
  });
});
