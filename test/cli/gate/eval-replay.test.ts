import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capturedRow, rowFile } from '../../support/captured-rows.ts';
import { RetrieverError } from '../../../domain/shared/errors.ts';
import { scriptedRetriever } from '../../support/scripted-retriever.ts';
import { evalReplay } from '../../../cli/commands/eval-replay.ts';
import { sha256 } from '../../../adapters/digest.ts';
import { buildBaseline, hashQuery, hashSource, writeBaseline } from '../../../domain/gate/index.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { gateDesk } from './gate-desk.ts';

const ROWS = [capturedRow('the tide', ['a', 'b']), capturedRow('the loft', ['c']), capturedRow('the barn', ['d'])];
const engine = () => scriptedRetriever({ 'the tide': ['a', 'b'], 'the loft': ['x'], 'the barn': ['d'] });

test('measures and accepts, however bad the numbers; the engine is closed in the end', async () => {
  const bad = scriptedRetriever({});
  const { code, report } = await gateDesk(bad, { 'rows.ndjson': rowFile(ROWS) }).replay({});
  expect(code).toBe(0);
  expect(report).toMatchObject({ schema_version: 1, summary: { rows_total: 3, rows_replayed: 3, mean_jaccard: 0 } });
  expect(report.results).toBeUndefined();
  expect(bad.isClosed).toBe(true);
});

test('RPL-9, RPL-10: a limit counts rows, a header is none', async () => {
  const header = { schema_version: 1, _kind: 'baseline_metadata' };
  const desk = gateDesk(engine(), { 'rows.ndjson': rowFile([header, ...ROWS]) });
  expect((await desk.replay({ limit: 2 })).report.summary.rows_total).toBe(2);
  expect((await desk.replay({})).report.summary.rows_total).toBe(3);
});

test('RPL-7: when no row could be replayed the whole summary is printed, and the end is 2', async () => {
  const { code, report } = await gateDesk(engine(), { 'rows.ndjson': rowFile([capturedRow('  ', [])]) }).replay({});
  expect(code).toBe(2);
  expect(report.summary).toMatchObject({ rows_total: 1, rows_skipped: 1, rows_replayed: 0, mean_jaccard: null, top1_stability_rate: null });
});

test('verbose rows, and where each page went when that is asked for', async () => {
  const desk = gateDesk(engine(), { 'rows.ndjson': rowFile(ROWS) });
  const verbose = (await desk.replay({ verbose: true })).report.results;
  expect(verbose).toHaveLength(3);
  expect(verbose?.[1]).toMatchObject({ query: 'the loft', jaccard: 0, top1Match: false, captured_slugs: ['c'], current_slugs: ['x'] });
  expect(verbose?.[1]).not.toHaveProperty('movement');
  expect((await desk.replay({ explain: true })).report.results?.[1]?.movement).toHaveLength(2);
});

test('people see the numbers and the rows that moved furthest, nothing of which acts on their terminal', async () => {
  const hostile = '\u001b[31mthe loft\u001b[0m';
  const threw = new RetrieverError('gone \u001b]0;title\u0007', '');
  const desk = gateDesk(scriptedRetriever({ [hostile]: ['x\u202e'], 'the quay': threw }), {
    'rows.ndjson': rowFile([capturedRow(hostile, ['c']), capturedRow('the quay', ['c'])]),
  });
  const { printed } = await desk.tell('replay', { explain: true });
  expect(printed).toContain('moved furthest:');
  expect(printed).not.toMatch(/[\u001b\u0007\u202e]/);
  expect((await desk.tell('replay', { topRegressions: 1 })).printed).not.toContain('the loft');
});

test('the report is a page with files beside it', async () => {
  const desk = gateDesk(engine(), { 'rows.ndjson': rowFile(ROWS) });
  await desk.replay({ report: 'report' });
  const folder = join(desk.root, 'report');
  expect(readdirSync(folder).sort()).toEqual(
    ['', '-measures', '-moves', '-rows', '-glossary', '-reproducibility']
      .flatMap((part) => (part === '' ? ['.html', '.json', '.md'] : ['.csv']).map((end) => `eval-replay${part}${end}`))
      .sort(),
  );
  expect(readFileSync(join(folder, 'eval-replay.html'), 'utf8')).toContain('the loft');
});

test('every form of the report ends with what its figures were made from', async () => {
  const desk = gateDesk(engine(), { 'rows.ndjson': rowFile(ROWS) });
  const { report } = await desk.replay({ report: 'report', mode: 'conservative' });
  expect(Object.keys(report).at(-1)).toBe('_meta');
  expect(Object.keys(report._meta.metric_glossary)).toEqual(expect.arrayContaining(['mean_jaccard', 'mean_rbo', 'p95_latency_ms']));
  expect(report._meta.unknown_metrics).toEqual([]);
  expect(report._meta.footer).toMatchObject({
    datasets: [{ suite: 'replay', name: 'rows.ndjson', sha256: sha256(rowFile(ROWS)) }],
    question_set_hash: hashSource(ROWS.map(({ query }) => hashQuery(query))),
    seed: 'none',
    resamples: 0,
    arms: [{ arm: 'conservative', knob_hash: report.summary.knob_hash }],
    models: [{ lane: 'embedder', model: null, snapshot: null }],
    cost: { estimated_usd: 0, settled_usd: 0 },
    price_table: 'unversioned',
    errored: 0,
  });
  const read = (end: string): string => readFileSync(join(desk.root, `report/eval-replay${end}`), 'utf8');
  expect(Object.keys(JSON.parse(read('.json')) as object).at(-1)).toBe('_meta');
  expect(read('.md').slice(read('.md').lastIndexOf('\n## '))).toMatch(/^\n## Reproducibility\n[^]*price table/);
  expect(read('.html')).toContain('price table');
});

test('--glossary tells below the table what its figures mean', async () => {
  const desk = gateDesk(engine(), { 'rows.ndjson': rowFile(ROWS) });
  expect((await desk.tell('replay', { glossary: true })).printed).toMatch(/\nmean_jaccard +Jaccard similarity: .*\nmean_jaccard_strict /);
  expect((await desk.tell('replay', {})).printed).not.toContain('Jaccard similarity');
});

test.each([
  ['RPL-11: no schema_version', rowFile([ROWS[0]!, { ...ROWS[1], schema_version: undefined }]), /line 2.*schema_version/],
  ['RPL-11: schema 2', rowFile([{ ...ROWS[0], schema_version: 2 }]), /line 1.*upgrade/],
  ['RPL-11: bad JSON on line 2', `${rowFile([ROWS[0]!])}{`, /line 2/],
  ['RPL-11: empty file', '', /empty/],
])('%s ends with 2 before any search', async (_name, text, expected) => {
  const retriever = engine();
  const desk = gateDesk(retriever, { 'rows.ndjson': text });
  await expect(desk.replay({})).rejects.toThrow(expected);
  expect(retriever.asked).toEqual([]);
  const { code, out, err } = await desk.eval('replay', '--against', 'rows.ndjson');
  expect(code).toBe(2);
  expect(out + err).toMatch(expected);
});

test('RPL-11: a missing file, and a missing collection, end with 2', async () => {
  const desk = gateDesk(engine(), { 'rows.ndjson': rowFile(ROWS) });
  expect(await desk.eval('replay', '--against', 'none.ndjson')).toMatchObject({
    code: 2,
    err: expect.stringContaining('none.ndjson') as string,
  });
  expect((await desk.eval('replay', '--against', 'rows.ndjson', '--collection', 'nowhere')).code).toBe(2);
  expect((await desk.eval('replay')).code).toBe(2);
  expect(existsSync(join(desk.root, 'lake'))).toBe(false);
});

test.each(['--limit', '--top-regressions', '--compare-limit'])('%s takes whole numbers from 1 on', async (flag) => {
  const desk = gateDesk(engine(), { 'rows.ndjson': rowFile(ROWS) });
  for (const value of ['0', '-1', '1.5', 'abc', 'NaN', 'Infinity', '']) {
    const { code, err, out } = await desk.eval('replay', '--against', 'rows.ndjson', flag, value);
    expect(code, value).toBe(2);
    expect(err + out).toContain(flag);
  }
});

test('a baseline says what it attests, and is measured in any case', async () => {
  const facts = { label: 'l', publishedAt: '', thresholds: { jaccard: 0.85, top1: 0.8, latency_multiplier: 2 }, lauterVersion: '' };
  const whole = writeBaseline(buildBaseline(ROWS, { ...facts, isSynthetic: true }));
  const desk = gateDesk(engine(), {
    'whole.ndjson': whole,
    'older.ndjson': whole.replace(/"content_hash":"[0-9a-f]+",/, ''),
    'edited.ndjson': whole.replace('"c"', '"x"'),
    'rows.ndjson': rowFile(ROWS),
  });
  const told = async (against: string) => (await desk.replay({ against })).report.attestation;
  expect(await told('whole.ndjson')).toBe('content');
  expect(await told('older.ndjson')).toBe('queries_only');
  expect(await told('edited.ndjson')).toBe('broken');
  expect(await told('rows.ndjson')).toBeUndefined();
  expect((await desk.tell('replay', { against: 'older.ndjson' })).printed).toContain('queries_only');
});

test('an interrupt ends a replay with 130', async () => {
  const root = temporaryFolder({ 'lauter.config.json': '{}', 'rows.ndjson': rowFile(ROWS) });
  const io = recordingIo({ cwd: root });
  const retriever = scriptedRetriever({}, () => (io.interrupt(), {}));
  const options = { against: 'rows.ndjson', collection: 'harbour', topRegressions: 5, retriever: 'builtin' };
  expect(await evalReplay(io, options, () => Promise.resolve(retriever))).toBe(130);
  expect([retriever.asked.length, retriever.isClosed, io.printed()]).toEqual([1, true, '']);
});
