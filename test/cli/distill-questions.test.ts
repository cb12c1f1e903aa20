import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quarantineListingSchema } from '../../schemas/quarantine-listing.ts';
import { receiptChainSchema } from '../../schemas/receipt-chain.ts';
import { scoreExplanationSchema } from '../../schemas/score-explanation.ts';
import { HARBOR_TRACES } from '../support/harbor-traces.ts';
import { refine } from '../support/refine.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';

let root: string;
let runId: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'lauter-questions-'));
  writeFileSync(join(root, 'desk.jsonl'), HARBOR_TRACES);
  ({ run_id: runId } = await refine(join(root, 'refinery'), ['desk.jsonl'], root));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function distill(args: readonly string[], workspace = 'refinery'): Promise<CliOutcome> {
  return runCli(['distill', ...args, '--workspace', workspace], root);
}

async function idOf(task: string): Promise<string> {
  const { out } = await distill(['query', `SELECT evidence_id FROM scored WHERE task_key = 'openai-chat/${task}'`, '--json']);
  return (JSON.parse(out) as { evidence_id: string }[])[0]!.evidence_id;
}

describe('score --explain', () => {
  test('the rule, when it applies, its values, and the rules before it', async () => {
    const id = await idOf('tides');
    const { code, out } = await distill(['score', '--explain', id, '--json']);
    expect(code).toBe(0);
    expect(scoreExplanationSchema.parse(JSON.parse(out))).toMatchObject({
      evidence_id: id,
      source_file: 'desk.jsonl',
      line_offset: 2,
      task: { key: 'openai-chat/tides' },
      category: 'partially_accepted',
      rule: 'partial_truth',
      when: 'the ground truth lies between 0 and 1',
      values: [
        { reason: 'reward', value: '0.75' },
        { reason: 'partial_min', value: '0.5' },
      ],
      passed_over: [{ rule: 'no_output' }, { rule: 'contradiction' }, { rule: 'human' }, { rule: 'ground_truth' }],
      would_now_be: null,
    });
  });

  test('people read the same, and no control character of the trace', async () => {
    const { out } = await distill(['score', '--explain', (await idOf('tides')).slice(0, 12)]);
    expect(out).toContain('rule      partial_truth: the ground truth lies between 0 and 1');
    expect(out).toContain('reward = 0.75');
    expect(out).toMatch(/human +does not apply +a human said no, partly or yes/);
    expect(out).toContain('desk.jsonl, line 3');
    expect(out).not.toContain('\u001b');
  });

  test('with another setting it says what the score would be now', async () => {
    const config = join(root, 'stricter.json');
    writeFileSync(config, '{ "distill": { "partial_min": 0.9 } }');
    const { out } = await distill(['score', '--explain', await idOf('tides'), '--json', '--config', config]);
    expect(JSON.parse(out)).toMatchObject({
      category: 'partially_accepted',
      would_now_be: { rule: 'partial_truth', category: 'rejected' },
    });
  });

  test.each([
    ['zz', /expected the id of an evidence row or its beginning, found none in run/],
    ['0'.repeat(64), /found none in run/],
    ['', /expected the id of an evidence row/],
    ["' OR true --", /expected the id of an evidence row/],
  ])('an id that is none: %j', async (id, message) => {
    const { code, out, err } = await distill(['score', '--explain', id]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('a beginning that several ids share lists them', async () => {
    // Among seventeen ids two begin with the same of sixteen digits.
    const lines = Array.from({ length: 17 }, (_, at) =>
      JSON.stringify({
        id: `watch-${at}`,
        messages: [
          { role: 'user', content: `Watch ${at}?` },
          { role: 'assistant', content: `All is calm at ${at}.` },
        ],
      }),
    );
    writeFileSync(join(root, 'watch.jsonl'), `${lines.join('\n')}\n`);
    await refine(join(root, 'watches'), ['watch.jsonl'], root);
    const { out } = await distill(
      ['query', 'SELECT evidence_id[1] AS digit FROM scored GROUP BY 1 HAVING count(*) > 1 LIMIT 1', '--json'],
      'watches',
    );
    const [{ digit } = { digit: '' }] = JSON.parse(out) as { digit: string }[];
    const { code, err } = await distill(['score', '--explain', digit], 'watches');
    expect(code).toBe(2);
    expect(err).toMatch(/expected the beginning of one id, found that of several:\n {2}[0-9a-f]{64} {2}Watch/);
  });
});

describe('receipts', () => {
  test('the chain of the newest run closes', async () => {
    const { code, out } = await distill(['receipts', '--json']);
    const chain = receiptChainSchema.parse(JSON.parse(out));
    expect(code).toBe(0);
    expect(chain).toMatchObject({ run_id: runId, closes: true, broken: null });
    expect(chain.receipts.map(({ stage }) => stage)).toEqual(['materialize', 'score', 'export', 'receipts', 'audit']);
    expect((await distill(['receipts', '--run-id', '20260302'])).out).toContain('the chain closes: 5 receipts');
  });

  test.each([
    ['a published receipt was changed', 'reports/RUN/receipts/audit.json', 'at audit: expected'],
    ['a receipt of the lake was changed', 'lake/runs/RUN/score-receipt.json', 'at score: expected'],
  ])('%s: exit 1, and the link is named', async (_, file, message) => {
    const copy = mkdtempSync(join(root, 'copy-'));
    cpSync(join(root, 'refinery'), copy, { recursive: true, verbatimSymlinks: true });
    const path = join(copy, file.replace('RUN', runId));
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"ended_at": "2/, '"ended_at": "1'));
    const { code, out, err } = await distill(['receipts', '--json'], copy);
    expect(code).toBe(1);
    expect(receiptChainSchema.parse(JSON.parse(out)).closes).toBe(false);
    expect(err).toContain(message);
  });

  test('a workspace without runs, and a run that is none', async () => {
    await runCli(['init', '--workspace', 'fresh'], root);
    expect((await distill(['receipts'], 'fresh')).code).toBe(2);
    expect((await distill(['receipts', '--run-id', 'nope'])).err).toContain(`the nearest is ${runId}`);
    expect((await distill(['receipts'], 'nowhere')).code).toBe(2);
  });
});

describe('quarantine', () => {
  test('every reason with its rows and its sentence', async () => {
    const { code, out } = await distill(['quarantine', '--set', 'materialize', '--json']);
    expect(code).toBe(0);
    expect(quarantineListingSchema.parse(JSON.parse(out))).toMatchObject({
      run_id: runId,
      asked: { reason: null, set: 'materialize' },
      total: 2,
      reasons: [
        { reason: 'broken_json', rows: 1, sentence: 'The record is not valid JSON.' },
        { reason: 'exact_duplicate', rows: 1 },
      ],
      rows: [
        { evidence_id: null, reason: 'broken_json', source_file: 'desk.jsonl', line_offset: 5 },
        { reason: 'exact_duplicate', line_offset: 4 },
      ],
      complete: true,
    });
  });

  test('all of it adds up, and a limit is told', async () => {
    const listing = quarantineListingSchema.parse(JSON.parse((await distill(['quarantine', '--limit', '1', '--json'])).out));
    expect(listing.reasons.reduce((sum, { rows }) => sum + rows, 0)).toBe(listing.total);
    expect(listing).toMatchObject({ complete: false, rows: [expect.anything()] });
  });

  test('people get the sums, and with a reason the rows', async () => {
    expect((await distill(['quarantine'])).out).toContain('--reason REASON or --set SET lists the rows.');
    const { out } = await distill(['quarantine', '--reason', 'needs_human_review', '--set', 'sft']);
    expect(out).toContain('1 quarantined rows');
    expect(out).toMatch(/sft +needs_human_review +desk\.jsonl:4/);
  });

  test('a reason that is none: exit 2, with the nearest', async () => {
    const { code, err } = await distill(['quarantine', '--reason', 'broken_jsno']);
    expect(code).toBe(2);
    expect(err).toContain('the nearest is broken_json.');
  });
});

test('the options that only fit one kind of question are told apart', async () => {
  const { code, err } = await distill(['score', 'desk.jsonl', '--explain', 'abc']);
  expect(code).toBe(2);
  expect(err).toContain('expected only the id of a record, found paths as well');
});
