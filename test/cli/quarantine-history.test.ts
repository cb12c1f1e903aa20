import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quarantineHistorySchema, type QuarantineHistory } from '../../schemas/quarantine-history.ts';
import { refine } from '../support/refine.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';

function chat(task: string, answer: string, more: object = {}): string {
  const messages = [
    { role: 'user', content: `What of the ${task}?` },
    { role: 'assistant', content: answer },
  ];
  return JSON.stringify({ task_id: task, created_at: '2026-03-02T08:15:00Z', messages, ...more });
}

const BERTH = chat('berth', 'Berth 7 is free.', { label: 'accepted' });
const GULLS = chat('gulls', 'Everybody feeds them.');
const CRANE = chat('crane', 'It lifts four tons.', { reward: 0.75 });
const TORN = '{"task_id": "lamp", "messages": [{"role"';

let root: string;
let runs: string[];
/**
 * Four runs. 1: two desks; the crane is partly accepted, and the third line is torn. 2: only the other desk. 3: the torn line is mended, and partial rows may
 * enter SFT. 4: it is torn again.
 */
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lauter-history-'));
  runs = [];
  const run = async (paths: readonly string[], hour: number, desk: readonly string[], distill = {}): Promise<void> => {
    writeFileSync(join(root, 'desk.jsonl'), `${desk.join('\n')}\n`);
    const { run_id } = await refine(join(root, 'refinery'), paths, root, { now: `2026-03-02T0${hour}:00:00Z`, distill });
    runs.push(run_id);
  };
  writeFileSync(join(root, 'pier.jsonl'), `${chat('pier', 'It is closed.', { label: 'accepted' })}\n`);
  const loose = { max_quarantined: 0.9 };
  await run(['desk.jsonl', 'pier.jsonl'], 1, [BERTH, GULLS, TORN, CRANE], loose);
  await run(['pier.jsonl'], 2, [BERTH]);
  await run(['desk.jsonl'], 3, [BERTH, GULLS, chat('lamp', 'It is lit.', { label: 'accepted' }), CRANE], { include_partial: true });
  await run(['desk.jsonl', 'pier.jsonl'], 4, [BERTH, GULLS, TORN, CRANE], { ...loose, include_partial: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function quarantine(args: readonly string[], workspace = 'refinery'): Promise<CliOutcome> {
  return runCli(['distill', 'quarantine', ...args, '--workspace', workspace], root);
}

async function history(args: readonly string[], workspace?: string): Promise<QuarantineHistory> {
  const { code, out, err } = await quarantine(['--history', ...args, '--json'], workspace);
  expect(code, err).toBe(0);
  return quarantineHistorySchema.parse(JSON.parse(out));
}

/** A copy of the workspace without some files. */
function copyWithout(...files: readonly string[]): string {
  const copy = mkdtempSync(join(root, 'copy-'));
  cpSync(join(root, 'refinery'), copy, { recursive: true, verbatimSymlinks: true });
  for (const file of files) rmSync(join(copy, file), { recursive: true });
  return copy;
}

describe('the stays of a row', () => {
  test('one that could not be read, left, and came back', async () => {
    const { rows, total, complete } = await history(['--set', 'materialize']);
    expect({ total, complete }).toEqual({ total: 1, complete: true });
    expect(rows).toEqual([
      {
        evidence_id: null,
        source_file: 'desk.jsonl',
        locator: { line: 2 },
        line_offset: 2,
        first_run: runs[0],
        last_run: runs[3],
        left_run: null,
        stays: [
          {
            set: 'materialize',
            reason: 'broken_json',
            detail: expect.any(String),
            first_run: runs[0],
            last_run: runs[3],
            left_run: null,
            runs: 2,
          },
        ],
      },
    ]);
  });

  test('one that entered a set later: a run that did not read its file does not count as leaving', async () => {
    const { rows } = await history(['desk.jsonl:4', '--set', 'sft']);
    expect(rows).toMatchObject([
      {
        evidence_id: expect.stringMatching(/^[0-9a-f]{64}$/),
        stays: [{ set: 'sft', reason: 'partial_excluded', first_run: runs[0], last_run: runs[0], left_run: runs[2], runs: 1 }],
        left_run: runs[2],
      },
    ]);
  });

  test('one that never left is one row with a stay for each set, by its id or the beginning of it', async () => {
    const [row] = (await history(['desk.jsonl:2'])).rows;
    expect(row!.stays.map(({ set, reason, runs: times, left_run }) => ({ set, reason, times, left_run }))).toEqual(
      ['preference', 'rag', 'sft'].map((set) => ({ set, reason: 'needs_human_review', times: 3, left_run: null })),
    );
    expect((await history([row!.evidence_id!.slice(0, 16)])).rows).toEqual([row]);
  });

  test('all rows, or the first of them, and those of one reason', async () => {
    const all = await history([]);
    // Five records of the desk and one of the pier: each is missing from some set.
    expect(all.rows.map(({ source_file, line_offset }) => `${source_file}:${line_offset + 1}`)).toEqual([
      'desk.jsonl:1',
      'desk.jsonl:2',
      'desk.jsonl:3',
      'desk.jsonl:3',
      'desk.jsonl:4',
      'pier.jsonl:1',
    ]);
    expect(all.runs.map(({ run_id, missing }) => ({ run_id, missing }))).toEqual(runs.map((run_id) => ({ run_id, missing: [] })));
    expect(await history(['--limit', '2'])).toMatchObject({ total: 6, complete: false, rows: all.rows.slice(0, 2) });
    expect((await history(['--reason', 'broken_json'])).total).toBe(1);
  });

  test('for people', async () => {
    const { out } = await quarantine(['--history', '--set', 'sft']);
    expect(out).toMatch(new RegExp(`desk\\.jsonl:4 +sft +partial_excluded +1 +${runs[0]} +${runs[0]} +${runs[2]}`));
    expect(out).toMatch(new RegExp(`desk\\.jsonl:2 +sft +needs_human_review +3 +${runs[0]} +${runs[3]} +still there`));
  });
});

describe('runs whose files are gone', () => {
  test('are named, and say nothing', async () => {
    const copy = copyWithout(`exports/${runs[2]}/quarantine`);
    const { runs: known, rows } = await history(['desk.jsonl:4', '--set', 'sft'], copy);
    expect(known[2]).toMatchObject({ run_id: runs[2], rows: 0 });
    expect(known[2]!.missing.length).toBeGreaterThan(0);
    expect(rows[0]!.left_run).toBe(runs[3]);
    expect((await quarantine(['--history'], copy)).err).toContain(`files of run ${runs[2]} are gone`);
  });

  test('a Parquet file that is gone is read as JSON lines', async () => {
    const options = { now: '2026-03-02T09:00:00Z', distill: { formats: ['jsonl', 'parquet'], max_quarantined: 0.9 } };
    const { run_id } = await refine(join(root, 'both'), ['desk.jsonl'], root, options);
    const before = await history([], 'both');
    rmSync(join(root, 'both', 'exports', run_id, 'quarantine', 'sft.parquet'));
    expect(await history([], 'both')).toEqual(before);
    expect(before.total).toBeGreaterThan(0);
  });
});

test.each([
  [['--history', 'zz'], 'expected an evidence id, its beginning, or FILE:LINE'],
  [['--history', 'desk.jsonl:9'], 'in the quarantine of 4 runs: expected a row that was in it, found none'],
  [['--history', '--run-id', '2026'], 'expected --history or --run-id, found both'],
])('%j is refused', async (args, message) => {
  const { code, out, err } = await quarantine(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

test('a workspace without runs', async () => {
  await runCli(['init', '--workspace', 'fresh'], root);
  expect((await quarantine(['--history'], 'fresh')).code).toBe(2);
});
