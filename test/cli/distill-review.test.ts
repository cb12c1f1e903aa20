import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { reviewDecisionSchema, type ReviewDecision } from '../../schemas/review-decision.ts';
import { reviewListingSchema, type ReviewListing } from '../../schemas/review-listing.ts';
import { verdictRowSchema } from '../../schemas/verdict.ts';
import { refine } from '../support/refine.ts';
import { DAY_DESK, NIGHT_DESK } from '../support/review-desk.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';

let root: string;
let ledger: string;
let runId: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lauter-review-'));
  ledger = join(root, 'refinery', 'ledger');
  writeFileSync(join(root, 'day.jsonl'), DAY_DESK);
  writeFileSync(join(root, 'night.jsonl'), NIGHT_DESK);
  ({ run_id: runId } = await refine(join(root, 'refinery'), ['day.jsonl', 'night.jsonl'], root));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
afterEach(() => rmSync(ledger, { recursive: true, force: true }));

function review(args: readonly string[], workspace = 'refinery'): Promise<CliOutcome> {
  return runCli(['distill', 'review', ...args, '--workspace', workspace], root);
}

async function listed(...args: readonly string[]): Promise<ReviewListing> {
  const { code, out, err } = await review([...args, '--json']);
  expect(code, err).toBe(0);
  return reviewListingSchema.parse(JSON.parse(out));
}

async function idOf(task: string): Promise<string> {
  const sql = `SELECT evidence_id FROM scored WHERE task_key = 'openai-chat/${task}'`;
  const { out } = await runCli(['distill', 'query', sql, '--json', '--workspace', 'refinery'], root);
  return (JSON.parse(out) as { evidence_id: string }[])[0]!.evidence_id;
}

async function decide(text: string, ...args: readonly string[]): Promise<CliOutcome> {
  writeFileSync(join(root, 'verdicts.csv'), text);
  return review(['--decide', 'verdicts.csv', ...args]);
}

async function decided(rows: readonly (readonly [task: string, verdict: string, by: string, note?: string])[]): Promise<ReviewDecision> {
  const lines = await Promise.all(
    rows.map(async ([task, verdict, by, note]) => JSON.stringify({ evidence_id: await idOf(task), verdict, by, note })),
  );
  const { code, out, err } = await decide(lines.join('\n'), '--json');
  expect(code, err).toBe(0);
  return reviewDecisionSchema.parse(JSON.parse(out));
}

function ledgerRows() {
  const lines = readFileSync(join(ledger, 'verdicts.jsonl'), 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => verdictRowSchema.parse(JSON.parse(line)));
}

describe('what waits for a human', () => {
  test('by rule and reasons, with what the sources say', async () => {
    const listing = await listed();
    expect(listing).toMatchObject({ run_id: runId, asked: { source: null, rule: null }, total: 4, with_verdict: 0, complete: true });
    expect(listing.groups).toEqual([
      { rule: 'nothing_known', when: 'nothing is known about the outcome', reasons: ['truth'], rows: 3 },
      { rule: 'contradiction', when: expect.stringContaining('contradict'), reasons: ['label', 'reward'], rows: 1 },
    ]);
    expect(listing.rows.map(({ task, rule }) => `${task.key} ${rule}`)).toEqual([
      'openai-chat/fog contradiction',
      'openai-chat/gulls nothing_known',
      'openai-chat/tides nothing_known',
      'openai-chat/lamp nothing_known',
    ]);
    expect(listing.rows[0]).toMatchObject({
      evidence_id: await idOf('fog'),
      source: 'day',
      source_file: 'day.jsonl',
      line_offset: 2,
      task: { start: 'May the ferry leave in this fog?' },
      signals: { human: [{ by: 'label', verdict: 'yes' }], reward: 0 },
      verdicts: [],
    });
    expect(listing.rows[1]!.task.start).toBe('Who feeds the gulls?');
  });

  test('of one source, of one rule, and no more than asked for', async () => {
    expect((await listed('--source', 'night')).rows.map(({ task }) => task.key)).toEqual(['openai-chat/lamp']);
    expect((await listed('--rule', 'contradiction')).total).toBe(1);
    expect(await listed('--limit', '1')).toMatchObject({ total: 4, complete: false, rows: [{ rule: 'contradiction' }] });
    expect((await listed('--limit', '0')).rows).toEqual([]);
    expect(await listed('--source', 'night', '--rule', 'contradiction')).toMatchObject({ total: 0, groups: [], complete: true });
  });

  test('for people: the groups, the rows, how to decide, and no control character of a trace', async () => {
    const { out } = await review([]);
    expect(out).toContain(`run ${runId}: 4 records wait for a human\n`);
    expect(out).toMatch(/^ *3 +nothing_known +truth +nothing is known about the outcome$/m);
    expect(out).toMatch(/day\.jsonl:3 +May the ferry leave in this fog\? +label: yes, reward 0/);
    expect(out).toContain('lauter distill review --decide FILE');
    expect(out).toContain('When is ');
    expect(out).not.toContain('\u001b');
  });

  test.each([
    [['--rule', 'contradicton'], 'the nearest is contradiction.'],
    [['--source', 'nigth'], 'the nearest is night.'],
    [['--decide', 'verdicts.csv', '--rule', 'contradiction'], 'expected --decide alone'],
    [['--decide', 'nowhere.csv'], 'expected a file at nowhere.csv, found none'],
  ])('%j is refused', async (args, message) => {
    const { code, out, err } = await review(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
  });

  test('a workspace without runs', async () => {
    await runCli(['init', '--workspace', 'fresh'], root);
    for (const args of [[], ['--decide', 'day.jsonl']]) expect((await review(args, 'fresh')).code).toBe(2);
  });
});

describe('a file of verdicts', () => {
  test('is taken into the ledger, with who and when, and tells what will come of it', async () => {
    const before = Date.now();
    const decision = await decided([
      ['gulls', 'yes', 'harbor master', 'everybody knows; ask desk@tidewater.example'],
      ['tides', 'no', 'harbor master'],
      ['lamp', 'yes', 'harbor master'],
      ['lamp', 'no', 'pilot'],
      ['fog', 'yes', 'pilot'],
    ]);
    expect(decision).toMatchObject({
      file: 'verdicts.csv',
      appended: 5,
      unchanged: 0,
      records: 4,
      by: [
        { by: 'harbor master', verdicts: 3 },
        { by: 'pilot', verdicts: 2 },
      ],
      next: 'lauter distill run-all',
    });
    expect(decision.outlook).toEqual([
      { category: 'needs_human_review', becomes: 'accepted', rule: 'human', when: expect.anything(), records: 1 },
      { category: 'needs_human_review', becomes: 'needs_human_review', rule: 'contradiction', when: expect.anything(), records: 2 },
      { category: 'needs_human_review', becomes: 'rejected', rule: 'human', when: expect.anything(), records: 1 },
    ]);
    const rows = ledgerRows();
    expect(rows.map(({ verdict, by }) => `${by}: ${verdict}`)).toEqual([
      'harbor master: yes',
      'harbor master: no',
      'harbor master: yes',
      'pilot: no',
      'pilot: yes',
    ]);
    expect(rows[0]).toMatchObject({ evidence_id: await idOf('gulls'), note: 'everybody knows; ask [EMAIL_1]', seq: 1 });
    expect(Date.parse(rows[0]!.recorded_at)).toBeGreaterThanOrEqual(before);
    const listing = await listed();
    expect(listing.with_verdict).toBe(4);
    expect(listing.rows.find(({ task }) => task.key.endsWith('lamp'))?.verdicts).toMatchObject([
      { by: 'harbor master', verdict: 'yes' },
      { by: 'pilot', verdict: 'no' },
    ]);
  });

  test('may be CSV, with beginnings of ids', async () => {
    const [gulls, tides] = [(await idOf('gulls')).slice(0, 12), (await idOf('tides')).toUpperCase()];
    const { code, out, err } = await decide(`evidence_id,verdict,by,note\n${gulls},yes,pilot,"fed, daily"\n${tides},partial,pilot,\n`);
    expect(code, err).toBe(0);
    expect(out).toContain('2 verdicts on 2 records taken from verdicts.csv, by pilot (2)');
    expect(out).toMatch(/^ *1 +needs_human_review +partially_accepted +human/m);
    expect(out).toContain('`lauter distill run-all` takes them into account.');
    expect(ledgerRows().map(({ note }) => note)).toEqual(['fed, daily', undefined]);
  });

  test('given twice changes nothing; another word of the same person replaces the first', async () => {
    await decided([['gulls', 'yes', 'pilot']]);
    expect(await decided([['gulls', 'yes', 'pilot']])).toMatchObject({ appended: 0, unchanged: 1 });
    expect(ledgerRows()).toHaveLength(1);
    const changed = await decided([['gulls', 'no', 'pilot']]);
    expect(changed).toMatchObject({ appended: 1, outlook: [{ becomes: 'rejected', records: 1 }] });
    expect(ledgerRows().map(({ verdict }) => verdict)).toEqual(['yes', 'no']);
  });

  test('with one faulty line is not taken at all: every fault with file and line, exit 2', async () => {
    await decided([['gulls', 'yes', 'pilot']]);
    const before = readFileSync(join(ledger, 'verdicts.jsonl'), 'utf8');
    const [gulls, tides] = [await idOf('gulls'), await idOf('tides')];
    const { code, out, err } = await decide(
      [
        'evidence_id,verdict,by',
        `${gulls},no,pilot`,
        `${tides},maybe,pilot`,
        `${'0'.repeat(64)},yes,pilot`,
        `${tides},yes,`,
        `${gulls.slice(0, 40)},yes,pilot`,
      ].join('\n'),
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('found 4 that cannot');
    expect(err).toContain('verdicts.csv:3: expected verdict: yes, no, partial, found "maybe"');
    expect(err).toContain(`verdicts.csv:4: expected the id of a record of the current version, or its beginning, found ${'0'.repeat(64)}`);
    expect(err).toContain('verdicts.csv:5: expected by: who says so, in up to 200 characters, found nothing');
    expect(err).toContain(`verdicts.csv:6: expected one verdict of pilot on ${gulls}, found yes here and no on line 2`);
    expect(err).toContain('Nothing was written.');
    expect(readFileSync(join(ledger, 'verdicts.jsonl'), 'utf8')).toBe(before);
  });

  test('a beginning that several records share', async () => {
    const ids = await Promise.all(['berth', 'gulls', 'fog', 'tides', 'lamp'].map(idOf));
    const lines = '0123456789abcdef'.split('').map((digit) => `${digit},yes,pilot`);
    const { code, err } = await decide(['evidence_id,verdict,by', ...lines].join('\n'));
    expect(code).toBe(2);
    for (const [at, digit] of [...'0123456789abcdef'].entries()) {
      const matches = ids.filter((id) => id.startsWith(digit)).sort();
      const fault = new RegExp(`verdicts\\.csv:${at + 2}: expected the ${matches.length === 0 ? 'id of a record' : 'beginning of one id'}`);
      if (matches.length === 1) expect(err).not.toMatch(fault);
      else expect(err).toMatch(fault);
      if (matches.length > 1) expect(err).toContain(matches.slice(0, 3).join(', '));
    }
    expect(existsSync(ledger)).toBe(false);
  });

  test.each(['', '\n', 'evidence_id,verdict,by\n'])('without a verdict: %j', async (text) => {
    const { code, err } = await decide(text);
    expect(code).toBe(2);
    expect(err).toContain('expected at least one, found none');
  });
});

test('a ledger of verdicts that was changed afterwards is neither read nor written', async () => {
  await decided([['gulls', 'no', 'pilot']]);
  const path = join(ledger, 'verdicts.jsonl');
  const forged = readFileSync(path, 'utf8').replace('"verdict":"no"', '"verdict":"yes"');
  writeFileSync(path, forged);
  for (const outcome of [await review([]), await decide(`evidence_id,verdict,by\n${await idOf('tides')},yes,pilot\n`)]) {
    expect(outcome.code).toBe(2);
    expect(outcome.err).toMatch(/verdicts\.jsonl, line 1: expected row 1 as it was written, .*\(edit\)/);
  }
  expect(readFileSync(path, 'utf8')).toBe(forged);
  rmSync(ledger, { recursive: true });
  await decided([['gulls', 'no', 'pilot']]);
  appendFileSync(path, '{"by":"pil');
  expect(await decided([['tides', 'no', 'pilot']])).toMatchObject({ appended: 1 });
});
