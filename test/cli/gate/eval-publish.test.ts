import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBaseline } from '../../../adapters/gate/read-rows.ts';
import { writeBaseline } from '../../../domain/gate/index.ts';
import { publishAuditSchema, publishReportSchema, type PublishAudit, type PublishReport } from '../../../schemas/publish-report.ts';
import { capturedRow, rowFile } from '../../support/captured-rows.ts';
import { runCli } from '../../support/run-cli.ts';
import { scriptedRetriever } from '../../support/scripted-retriever.ts';
import { gateDesk, type GateDesk } from './gate-desk.ts';

const ROWS = [
  capturedRow('who is alice', ['people/alice'], { latency_ms: 20, source_ids: ['wiki'] }),
  capturedRow('acme deal', ['deals/acme'], { latency_ms: 31 }),
];
const TO = 'harbour.baseline.ndjson';

function desk(rows: readonly object[] = ROWS, more: Readonly<Record<string, string>> = {}): GateDesk {
  return gateDesk(scriptedRetriever({ 'who is alice': ['wiki::people/alice'], 'acme deal': ['deals/acme'] }), {
    'captured.ndjson': rowFile(rows),
    ...more,
  });
}

async function publish({ eval: run }: GateDesk, ...more: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return run('publish', '--from', 'captured.ndjson', '--to', TO, ...more);
}

function reportOf(out: string): PublishReport {
  return publishReportSchema.parse(JSON.parse(out));
}

function auditsOf({ root }: GateDesk): PublishAudit[] {
  const folder = join(root, 'audit');
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'));
  return lines.map((line) => publishAuditSchema.parse(JSON.parse(line)));
}

test('writes a baseline, says what it holds, and records it', async () => {
  const here = desk();
  const { code, out } = await publish(here, '--json', '--threshold-jaccard', '0.9');
  expect(code).toBe(0);
  const report = reportOf(out);
  expect(report).toMatchObject({
    label: 'harbour',
    output_path: TO,
    row_count: 2,
    baseline_mean_latency_ms: 25.5,
    // Of the two queries of the worked examples.
    source_hash: 'b09452ec90c13b7372154ce966567dcebdb01d7d5808115da653aec770e2b98e',
    thresholds: { jaccard: 0.9, top1: 0.8, latency_multiplier: 2 },
  });
  const text = readFileSync(join(here.root, TO), 'utf8');
  expect(writeBaseline(readBaseline({ name: TO, text }))).toBe(text);
  expect(auditsOf(here)).toMatchObject([
    { success: true, label: 'harbour', row_count: 2, output_path: join(here.root, TO), content_hash: report.content_hash },
  ]);
});

test('publishing the same rows twice gives the same hashes, and so does publishing a baseline again', async () => {
  const here = desk();
  const first = reportOf((await publish(here, '--json')).out);
  const second = reportOf((await publish(here, '--json', '--force')).out);
  const again = await here.eval('publish', '--from', TO, '--to', 'again.ndjson', '--json');
  for (const report of [second, reportOf(again.out)])
    expect(report).toMatchObject({ source_hash: first.source_hash, content_hash: first.content_hash });
  expect(reportOf(again.out).label).toBe('again');
});

test('PUB-2: the same query of two sources is no duplicate', async () => {
  const of = (source: string) => capturedRow('acme deal', [], { source_ids: [source] });
  expect((await publish(desk([of('a'), of('b')]))).code).toBe(0);
});

test('PUB-3: duplicates are refused, the first five of them named', async () => {
  const rows = Array.from({ length: 7 }, (_, at) => capturedRow(`query ${at}`, []));
  const here = desk([...rows, ...rows]);
  const { code, err } = await publish(here);
  expect(code).toBe(2);
  expect(err.match(/query\|\|[0-9a-f]{16}/g)).toHaveLength(5);
  expect(err).toContain('and 2 more');
  expect(existsSync(join(here.root, TO))).toBe(false);
  expect(auditsOf(here)).toMatchObject([{ success: false, failure_reason: expect.stringContaining('found twice') as string }]);
});

test('PUB-4: a file that is there stays as it is unless it is to be replaced', async () => {
  const here = desk(ROWS, { [TO]: 'what stood here' });
  expect((await publish(here)).code).toBe(2);
  expect(readFileSync(join(here.root, TO), 'utf8')).toBe('what stood here');
  expect((await publish(here, '--force')).code).toBe(0);
  expect(readFileSync(join(here.root, TO), 'utf8')).toContain('baseline_metadata');
});

test.each([
  ['no --from', ['publish', '--to', TO]],
  ['no --to', ['publish', '--from', 'captured.ndjson']],
  ['a source that is missing', ['publish', '--from', 'none.ndjson', '--to', TO]],
  ['a source that is empty', ['publish', '--from', 'empty.ndjson', '--to', TO]],
  ['a source with a header alone', ['publish', '--from', 'header.ndjson', '--to', TO]],
  ['a source that is no JSON', ['publish', '--from', 'broken.ndjson', '--to', TO]],
  ['a place that cannot be written to', ['publish', '--from', 'captured.ndjson', '--to', 'empty.ndjson/x']],
])('%s ends with 2 and is recorded', async (_name, args) => {
  const header = rowFile([{ schema_version: 1, _kind: 'baseline_metadata' }]);
  const here = desk(ROWS, { 'empty.ndjson': '', 'broken.ndjson': '{', 'header.ndjson': header });
  expect((await here.eval(...args)).code).toBe(2);
  expect(auditsOf(here)).toMatchObject([{ success: false, failure_reason: expect.any(String) as string, row_count: null }]);
  expect(existsSync(join(here.root, TO))).toBe(false);
});

test.each([
  ['--threshold-jaccard', ['1.1', '-0.1', 'abc', 'NaN', '']],
  ['--threshold-top1', ['2', 'high']],
  ['--threshold-latency-multiplier', ['0', '-1', 'Infinity', 'abc']],
])('%s takes numbers of its range only', async (flag, values) => {
  for (const value of values) expect((await publish(desk(), flag, value)).code, value).toBe(2);
});

test('public baselines are made of synthetic rows only', async () => {
  expect((await publish(desk(), '--public')).code).toBe(2);
  expect((await publish(desk(ROWS.map((row) => ({ ...row, synthetic: true }))), '--public')).code).toBe(0);
  expect((await publish(desk([{ ...ROWS[0], synthetic: true }, ROWS[1]!]), '--public')).code).toBe(2);
});

test('rows of a collection that is marked as made up may be published', async () => {
  const here = desk(ROWS, { 'pages/tide.md': '# The tide\n\nIt comes in twice a day.\n' });
  const made = await runCli(['search', 'index', 'harbour', '--from', 'pages', '--synthetic', '--json'], here.root);
  const { corpus_hash } = JSON.parse(made.out) as { corpus_hash: string };
  writeFileSync(join(here.root, 'captured.ndjson'), rowFile(ROWS.map((row) => ({ ...row, corpus_hash }))));
  expect((await publish(here, '--public')).code).toBe(0);
  expect(readFileSync(join(here.root, TO), 'utf8')).toContain('"synthetic":true');
});

test('suggested thresholds come from gates that passed', async () => {
  const here = desk();
  await publish(here);
  const { report } = await here.gate({ baseline: TO });
  expect(report.verdict).toBe('pass');
  for (const name of ['one.json', 'two.json']) writeFileSync(join(here.root, name), JSON.stringify(report));
  const { code, out } = await publish(here, '--force', '--json', '--suggest-thresholds', 'one.json', 'two.json');
  expect(code).toBe(0);
  // 25.5 ms in the baseline, 10 ms now.
  expect(reportOf(out).suggested_thresholds).toEqual({ jaccard: 1, top1: 1, latency_multiplier: 10 / 25.5, runs: 2, passing_runs: 2 });
  expect((await publish(here, '--force', '--suggest-thresholds', 'captured.ndjson')).code).toBe(2);
});

test('where a call cannot be recorded, what went wrong is still told; a baseline that is not on record is no success', async () => {
  const here = gateDesk(scriptedRetriever({}), { 'captured.ndjson': rowFile(ROWS), 'a file': '' }, { LAUTER_AUDIT_DIR: 'a file' });
  const failed = await here.eval('publish', '--from', 'none.ndjson', '--to', TO);
  expect(failed).toMatchObject({ code: 2, err: expect.stringMatching(/recording what was published[^]*none\.ndjson/) as string });
  expect((await publish(here)).code).toBe(2);
});
