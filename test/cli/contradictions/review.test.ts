import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contradictionDecisionSchema } from '../../../schemas/contradiction-decision.ts';
import { contradictionTrendSchema } from '../../../schemas/contradiction-trend.ts';
import { runContradictions } from '../../support/contradictions-run.ts';
import { startPairJudge } from '../../support/model-server/pair-judge.ts';
import { runCli, type CliOutcome } from '../../support/run-cli.ts';
import { makeFolder, removeFolder } from '../../support/temporary-folder.ts';

const PAGES = {
  'pages/lock.md': 'The lock opens at six.',
  'pages/notice.md': 'The lock opens at nine.',
  'lauter.config.json': '{}',
};

let root: string;
let findingId: string;

beforeAll(async () => {
  root = makeFolder(PAGES);
  expect((await runCli(['search', 'index', 'harbour', '--from', 'pages'], root)).code).toBe(0);
  const judge = await startPairJudge(() => '{"verdict":"contradiction","severity":"high","axis":"the hour \\u001b[31m","confidence":0.9}');
  const { report } = await runContradictions(
    { workspace: root, collection: 'harbour', judgeUrl: judge.url },
    { queries: ['when the lock opens'] },
  );
  await judge.close();
  findingId = report.per_query[0]!.contradictions[0]!.finding_id;
});
afterAll(() => removeFolder(root));

function contradictions(...args: readonly string[]): Promise<CliOutcome> {
  return runCli(['eval', 'contradictions', ...args], root);
}

function ledger(): string[] {
  return readFileSync(join(root, 'ledger/contradictions.jsonl'), 'utf8').split('\n').slice(0, -1);
}

test('review shows the findings of the last run and what to paste, without what would colour a terminal', async () => {
  const { code, out } = await contradictions('review');
  expect(code).toBe(0);
  expect(out).toContain(`${findingId}  high  contradiction`);
  expect(out).toContain(`lauter eval contradictions review --resolve ${findingId} --as manual_review`);
  expect(out).not.toContain('\u001b');
});

test('--severity and --since are honoured', async () => {
  expect(JSON.parse((await contradictions('review', '--severity', 'low', '--json')).out)).toMatchObject({ findings: [] });
  expect(JSON.parse((await contradictions('review', '--since', '0s', '--json')).out)).toMatchObject({ run_id: null, findings: [] });
  expect((await contradictions('review', '--severity', 'terrible')).code).toBe(2);
});

test('a decision is appended to the ledger and shown beside its finding; the pages stay what they were', async () => {
  const before = readFileSync(join(root, 'pages/lock.md'), 'utf8');
  const args = ['--resolve', findingId, '--as', 'manual_review', '--keep', 'b', '--page', 'default::notice', '--note', 'asked the keeper'];
  const noted = await contradictions('review', ...args);
  expect(noted.code, noted.err).toBe(0);
  expect(ledger()).toHaveLength(1);
  const { seq: _seq, prev_hash: _prev, row_hash: _hash, ...row } = JSON.parse(ledger()[0]!) as Record<string, unknown>;
  expect(contradictionDecisionSchema.parse(row)).toMatchObject({
    finding_id: findingId,
    as: 'manual_review',
    keep: 'b',
    note: 'asked the keeper',
  });
  expect(JSON.parse((await contradictions('review', '--json')).out)).toMatchObject({ findings: [{ decision: { as: 'manual_review' } }] });
  expect(readFileSync(join(root, 'pages/lock.md'), 'utf8')).toBe(before);
});

test.each<[string, readonly string[]]>([
  ['a decision without its kind', ['--resolve', 'ID']],
  ['a kind without a finding', ['--as', 'manual_review']],
  ['a finding that nobody knows', ['--resolve', '0000000000000000', '--as', 'manual_review']],
  ['a page that is not of the finding', ['--resolve', 'ID', '--as', 'manual_review', '--page', 'default::orchard']],
  ['a row that is none', ['--resolve', 'ID', '--as', 'manual_review', '--row', '0']],
  ['a note of a whole book', ['--resolve', 'ID', '--as', 'manual_review', '--note', 'tide '.repeat(3_000)]],
])('%s is refused and nothing is appended', async (_what, args) => {
  const before = ledger().length;
  const { code } = await contradictions('review', ...args.map((arg) => (arg === 'ID' ? findingId : arg)));
  expect(code).toBe(2);
  expect(ledger()).toHaveLength(before);
});

test('trend: rows as JSON on stdout, the bars on stderr', async () => {
  const { code, out, err } = await contradictions('trend', '--json');
  expect(code).toBe(0);
  expect(contradictionTrendSchema.parse(JSON.parse(out))).toMatchObject({
    schema_version: 1,
    days: 30,
    rows: [{ total_contradictions_flagged: 1 }],
  });
  expect(err).toContain('█'.repeat(30));
  expect((await contradictions('trend', '--days', '0')).code).toBe(2);
});

test('run: exactly one source of queries, a judge that is configured, and no cap below 0', async () => {
  expect((await contradictions('--collection', 'harbour')).err).toMatch(/exactly one of --queries-file/);
  expect((await contradictions('run', '--query', 'locks', '--collection', 'harbour')).err).toMatch(/expected eval\.judge/);
  const negative = await contradictions('--query', 'locks', '--budget-usd', '-1', '--json');
  expect([negative.code, (JSON.parse(negative.out) as { error: { flag: string } }).error.flag]).toEqual([2, '--budget-usd']);
  expect((await contradictions('--query', 'locks', '--top-k', '1.5')).code).toBe(2);
  expect((await contradictions('--query', 'locks', '--no-cache', '--refresh-cache')).code).toBe(2);
});
