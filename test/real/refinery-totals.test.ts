import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { PROJECT_ROOT } from '../support/run-lauter.ts';
import { testExportedRows } from './exported-rows.ts';
import { testFullAudit } from './full-audit.ts';
import { isPresent, readData } from './real-data.ts';
import { refineRealData, select, type RealRun, type ScoredRow } from './real-run.ts';

/** The whole program over the real folders in one run; the truth is read by this folder's tests alone, with JSON.parse. */
describe.skipIf(!isPresent)('run-all over the real folders', () => {
  const workspace = mkdtempSync(join(tmpdir(), 'lauter-real-'));
  let run: RealRun;
  let summary: RunSummary;
  let rows: readonly ScoredRow[];

  beforeAll(async () => {
    run = await refineRealData(workspace);
    ({ summary, rows } = run);
  });

  afterAll(() => rmSync(workspace, { recursive: true, force: true }));

  const of = (source: string): ScoredRow[] => rows.filter((row) => row.source === source);
  const tally = (of: readonly ScoredRow[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { category } of of) counts[category] = (counts[category] ?? 0) + 1;
    return counts;
  };

  test('accounts for every record of every file', () => {
    for (const source of summary.sources) expect(source.evidence + source.quarantined, source.name).toBe(source.records);
    const scored = Object.values(summary.categories).reduce((sum, count) => sum + count, 0);
    expect(scored).toBe(rows.length);
    expect(new Set(rows.map((row) => row.evidence_id)).size).toBe(rows.length);
  });

  test('tau-bench: 84 accepted, 116 rejected, run by run', () => {
    const runs = readData<{ reward: number }[]>('trace-tau-bench/gpt-4o-airline.json');
    const found = of('trace-tau-bench');
    expect(tally(found)).toEqual({ accepted: 84, rejected: 116 });
    for (const row of found) expect(row.category, row.pointer ?? '').toBe(runs[indexOf(row)]!.reward === 1 ? 'accepted' : 'rejected');
  });

  test('aider-bench: 79 accepted, 221 rejected, none of the 144 traps accepted', () => {
    const found = of('trace-aider-swebench');
    expect(tally(found)).toEqual({ accepted: 79, rejected: 221 });
    let traps = 0;
    for (const row of found) {
      const instance = readData<Record<string, unknown>>(`trace-aider-swebench/${basename(row.source_file)}`);
      expect(row.category, row.source_file).toBe(instance.resolved === true ? 'accepted' : 'rejected');
      const isTrap =
        instance.resolved !== true && instance.edit_outcome === true && instance.lint_outcome === true && instance.test_outcome === true;
      if (isTrap) traps += 1;
      expect(isTrap && row.category === 'accepted').toBe(false);
    }
    expect(traps).toBe(144);
  });

  test('reflexion: 3,346 solved and 1,327 not in the JSONL, line by line, before duplicates', async () => {
    const lines = new Map<string, { is_solved: boolean }>();
    const solved = { yes: 0, no: 0 };
    const files = new Set(
      rows.filter((row) => row.source_file.endsWith('.jsonl') && row.source === 'trace-reflexion').map((row) => row.source_file),
    );
    for (const file of await jsonlFilesOf(workspace)) {
      files.add(file);
    }
    for (const file of files) {
      for (const [line, text] of readFileSync(join(PROJECT_ROOT, file), 'utf8').split('\n').entries()) {
        if (text.trim() === '') continue;
        const record = JSON.parse(text) as { is_solved: boolean };
        solved[record.is_solved ? 'yes' : 'no'] += 1;
        lines.set(`${file}:${line}`, record);
      }
    }
    expect(solved).toEqual({ yes: 3346, no: 1327 });
    const found = of('trace-reflexion').filter((row) => row.source_file.endsWith('.jsonl'));
    for (const row of found) {
      const record = lines.get(`${row.source_file}:${row.line_offset}`)!;
      expect(row.category, `${row.source_file}:${row.line_offset}`).toBe(record.is_solved ? 'accepted' : 'rejected');
    }
    // 782 lines repeat an earlier one exactly; counted by the text of the parsed line.
    expect(found.length).toBe(new Set([...lines.values()].map((record) => JSON.stringify(sortKeys(record)))).size);
  });

  test('intercode: 434 at reward 1, 440 in between, 145 at 0, episode by episode', () => {
    const found = of('trace-intercode');
    const files = [...new Set(found.map((row) => row.source_file))];
    const bands = { one: 0, between: 0, zero: 0 };
    const rewards = new Map<string, number>();
    for (const file of files) {
      const episodes = JSON.parse(readFileSync(join(PROJECT_ROOT, file), 'utf8')) as Record<string, { summary: { max_reward: number } }>;
      for (const [key, { summary: own }] of Object.entries(episodes)) {
        rewards.set(`${file}/${key}`, own.max_reward);
        bands[own.max_reward >= 1 ? 'one' : own.max_reward > 0 ? 'between' : 'zero'] += 1;
      }
    }
    expect(bands).toEqual({ one: 434, between: 440, zero: 145 });
    for (const row of found) {
      const reward = rewards.get(`${row.source_file}${row.pointer ?? ''}`)!;
      const expected = reward >= 1 ? 'accepted' : reward >= 0.5 ? 'partially_accepted' : 'rejected';
      // An episode without any action has no output, whatever its reward.
      if (row.rule !== 'no_output') expect(row.category, `${row.source_file}${row.pointer ?? ''}`).toBe(expected);
      else expect(row.category).toBe('rejected');
    }
  });

  test('review comments: 695 accepted, 306 rejected, by the file they stand in', () => {
    const found = of('review-aacr-bench');
    expect(tally(found)).toEqual({ accepted: 695, rejected: 306 });
    for (const row of found) expect(row.category).toBe(basename(row.source_file).startsWith('positive') ? 'accepted' : 'rejected');
  });

  test('demonstrations and coding sessions: nothing accepted', () => {
    for (const source of ['trace-swe-agent-demos', 'trace-claude-code']) {
      expect(of(source).length, source).toBeGreaterThan(0);
      expect(
        of(source).filter((row) => row.category === 'accepted' || row.category === 'partially_accepted'),
        source,
      ).toEqual([]);
    }
  });

  testExportedRows(() => run);
  testFullAudit(() => run);
});

function indexOf(row: ScoredRow): number {
  return Number(row.pointer!.slice(1));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, item]) => [key, sortKeys(item)]),
  );
}

/** All reflexion JSONL files of the plan, also those of which every line is a duplicate. */
async function jsonlFilesOf(workspace: string): Promise<string[]> {
  const found = await select<{ file: string }>(`SELECT DISTINCT parts.source_file AS file FROM (
    SELECT unnest(shard.parts) AS parts FROM (SELECT unnest(shards) AS shard FROM read_json('${workspace}/lake/runs/*/plan.json', maximum_object_size=67108864)))`);
  return found.map((row) => row.file).filter((file) => file.includes('trace-reflexion') && file.endsWith('.jsonl'));
}
