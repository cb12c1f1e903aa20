import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evalQrels } from '../../../cli/commands/eval-qrels.ts';
import type { QrelsOptions } from '../../../cli/measures/qrels-options.ts';
import { CollectionError, RetrieverError } from '../../../domain/shared/errors.ts';
import { qrelsReportSchema, type QrelsReport } from '../../../schemas/qrels-report.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { runCli } from '../../support/run-cli.ts';
import { scriptedRetriever, type AnswerMeta, type Script } from '../../support/scripted-retriever.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const QRELS = JSON.stringify({
  schema_version: 1,
  queries: [
    { query_id: 'harbour', query: 'who runs the harbour', relevant_slugs: ['office', 'master'], first_relevant_slug: 'office' },
    { query_id: 'apples', query: 'when are apples picked', relevant_slugs: ['orchard'] },
  ],
});
const FILES = {
  'lauter.config.json': '{ "search": { "collection": "village" } }',
  'village.qrels.json': QRELS,
  'table.qrels': 'query-id\tcorpus-id\tscore\nharbour\toffice\t1\nharbour\tmaster\t1\napples\torchard\t1\n',
  'queries.jsonl': '{"_id":"harbour","text":"who runs the harbour"}\n{"_id":"apples","text":"when are apples picked"}\n',
};
const SCRIPT: Script = { 'who runs the harbour': ['office', 'quay', 'master'], 'when are apples picked': ['mill', 'orchard'] };

function desk(
  script: Script = SCRIPT,
  files: Readonly<Record<string, string>> = {},
  metaOf?: (request: { readonly knobs?: object }) => AnswerMeta,
) {
  const root = temporaryFolder({ ...FILES, ...files });
  const engine = scriptedRetriever(script, metaOf as Parameters<typeof scriptedRetriever>[1]);
  const run = async (options: Partial<QrelsOptions>) => {
    const io = recordingIo({ cwd: root, args: ['eval', 'qrels'] });
    const defaults = { qrels: 'village.qrels.json', retriever: 'builtin', k: 5, relLevel: 1, seed: 42, resamples: 200 };
    const code = await evalQrels(io, { ...defaults, ...options }, () => Promise.resolve(engine));
    return { code, printed: io.printed(), said: io.said() };
  };
  const report = async (options: Partial<QrelsOptions> = {}): Promise<{ code: number; report: QrelsReport }> => {
    const { code, printed } = await run({ ...options, json: true });
    return { code, report: qrelsReportSchema.parse(JSON.parse(printed)) };
  };
  return { root, engine, run, report };
}

describe('a live search', () => {
  test('is measured by the usual measures, through the entry point of users', async () => {
    const { engine, report } = desk();
    const { code, report: found } = await report();
    expect(code).toBe(0);
    expect(found).toMatchObject({ verdict: 'pass', num_q: 2, queries_missing: [], queries_zero_relevant: [], queries_unjudged: [] });
    expect(found.metrics).toEqual({
      'P@5': expect.closeTo((2 / 5 + 1 / 5) / 2, 12),
      'R@5': 1,
      MRR: 0.75,
      'nDCG@5': expect.closeTo(((1 + 1 / 2) / (1 + 1 / Math.log2(3)) + 1 / Math.log2(3)) / 2, 12),
      MAP: expect.closeTo((5 / 6 + 1 / 2) / 2, 12),
    });
    expect(engine.asked).toHaveLength(2);
    expect(engine.asked[0]).toMatchObject({ collection: 'village', strategy: 'hybrid', isEvaluation: true, knobs: { limit: 10 } });
    expect(engine.isClosed).toBe(true);
    expect(found.meta).toMatchObject({
      retriever: 'scripted',
      knob_hash: 'knobs',
      corpus_hash: 'corpus',
      generation: 1,
      averaging: 'complete',
    });
    expect(Object.keys(found._meta.metric_glossary)).toEqual(expect.arrayContaining(Object.keys(found.metrics)));
    expect(found._meta.unknown_metrics).toEqual([]);
  });

  test.each([
    [{}, 10],
    [{ k: 20 }, 40],
    [{ metrics: 'R@100' }, 200],
    [{ limit: 7 }, 7],
  ])('%j: asks for %i passages', async (options, limit) => {
    const { engine, run } = desk();
    await run(options);
    expect(engine.asked[0]!.knobs).toMatchObject({ limit });
  });

  test('a query that nothing is found for, or that the engine fails on, stays in the denominator as a miss', async () => {
    const { report } = desk({ 'when are apples picked': new RetrieverError('no answer', 'Start it.') });
    const { code, report: found } = await report({ metrics: 'R@5', perQuery: true });
    expect(code).toBe(1);
    expect(found).toMatchObject({ verdict: 'fail', num_q: 2, metrics: { 'R@5': 0 }, queries_missing: ['harbour', 'apples'] });
    expect(found.outcomes).toEqual({ scored: 0, system_failure: 2, harness_error: 0, skipped_budget: 0, malformed: 0, abstention: 0 });
    expect(found.per_query!.map(({ error }) => error)).toEqual(['nothing was found', 'no answer']);
  });

  test('an engine that finds nothing for any query has failed, floors or none', async () => {
    const { report, run } = desk({});
    const { code, report: found } = await report();
    expect([code, found.verdict, found.metrics['R@5']]).toEqual([1, 'fail', 0]);
    expect(found.notes.join()).toContain('nothing was found for any of 2 queries');
    expect((await run({})).printed).toMatch(/^fail: /);
    expect((await report({ floor: ['R@5=0'] })).code).toBe(1);
  });

  test('an engine that fails on every query has not been measured', async () => {
    const { report } = desk({
      'who runs the harbour': new RetrieverError('no answer', 'Start it.'),
      'when are apples picked': new RetrieverError('no answer', 'Start it.'),
    });
    const { code, report: found } = await report();
    expect([code, found.verdict]).toEqual([2, 'error']);
    expect(found.refusals.join()).toContain('none of 2 queries was answered');
  });

  test('one query that finds something is a measurement', async () => {
    const { report } = desk({ 'who runs the harbour': ['office'] });
    expect(await report()).toMatchObject({ code: 0, report: { verdict: 'pass', notes: [] } });
  });

  test('errors of the harness in more than a tenth of the queries make the run invalid', async () => {
    const { report } = desk({ ...SCRIPT, 'when are apples picked': new TypeError('undefined') });
    const { code, report: found } = await report();
    expect(code).toBe(2);
    expect(found.verdict).toBe('error');
    expect(found.refusals.join()).toContain('invalid');
    expect(found.metrics['R@5']).toBe(0.5);
  });

  test('judgments in tables take their queries from a file, and name pages of the default source by slug', async () => {
    const { report } = desk();
    const { report: found } = await report({ qrels: 'table.qrels', queries: 'queries.jsonl', metrics: 'R@5' });
    expect(found.metrics).toEqual({ 'R@5': 1 });
    await expect(report({ qrels: 'table.qrels' })).rejects.toThrow(/the text of every judged query, found none of "harbour", "apples"/);
  });

  test('the right slug of another source is another page', async () => {
    const { report } = desk({ 'who runs the harbour': ['wiki::office', 'wiki::master'], 'when are apples picked': ['wiki::orchard'] });
    expect((await report({ metrics: 'R@5' })).report.metrics).toEqual({ 'R@5': 0 });
  });

  test('a collection that is not there is an error, not a miss', async () => {
    const { run } = desk({ 'who runs the harbour': new CollectionError('no such collection', 'Make it.') });
    await expect(run({})).rejects.toThrow('no such collection');
  });
});

describe('a stage that was asked for and did not run', () => {
  const degraded =
    (...states: AnswerMeta['degraded'] & object): (() => AnswerMeta) =>
    () => ({ degraded: states });

  test.each([
    ['the reranker did not answer', degraded('reranker_failed'), {}, 2],
    ['vectors were asked for by name, and there is no embedder', degraded('no_embedder'), { strategy: 'hybrid' }, 2],
    ['nobody asked for vectors', degraded('no_embedder'), {}, 0],
    ['it is allowed', degraded('reranker_failed'), { allowDegraded: true }, 0],
  ] as const)('%s: exit %#', async (_, metaOf, options, code) => {
    const { report } = desk(SCRIPT, {}, metaOf);
    const found = await report(options);
    expect(found.code).toBe(code);
    expect(found.report.meta.degraded).toEqual({ [metaOf().degraded![0]!]: 2 });
    expect([...found.report.refusals, ...found.report.notes].length > 0).toBe(code === 2 || 'allowDegraded' in options);
  });
});

describe('floors', () => {
  test.each([
    ['MRR=0.75', 0],
    ['MRR=0.76', 1],
    ['ndcg@k=0.9', 1],
    ['hit@1=0.5', 0],
  ])('%s: exit %i', async (floor, code) => {
    const found = await desk().report({ floor: [floor] });
    expect(found.code).toBe(code);
    expect(found.report.verdict).toBe(code === 0 ? 'pass' : 'fail');
  });

  test.each(['MRR', 'MRR=', 'MRR=abc', 'MRR=NaN', 'MRR=1.5', 'MRR=-1', 'elegance=0.5', '=0.5'])('%j is none', async (floor) => {
    await expect(desk().run({ floor: [floor] })).rejects.toMatchObject({ name: 'UsageError', context: { flag: '--floor' } });
  });

  test('a measure that is not computed here is named, never skipped', async () => {
    await expect(desk().run({ metrics: 'MAP,rbp,elegance' })).rejects.toThrow(/"rbp" is not a measure.*"elegance" is not a measure/);
  });
});

describe('two configurations', () => {
  const FILES_OF_KNOBS = { 'narrow.json': '{"dedup_max_per_page":1}', 'wide.json': '{"dedup_max_per_page":3}' };
  const hashOf = ({ knobs }: { readonly knobs?: object }): AnswerMeta => ({ knob_hash: JSON.stringify(knobs) });

  test('are searched with their own knobs and compared query by query', async () => {
    const { engine, report } = desk(SCRIPT, FILES_OF_KNOBS, hashOf);
    const { code, report: found } = await report({ configA: 'narrow.json', configB: 'wide.json' });
    expect(code).toBe(0);
    expect(engine.asked.map(({ knobs }) => knobs?.dedup_max_per_page)).toEqual([1, 1, 3, 3]);
    const { arm_a, arm_b, comparisons } = found.comparison!;
    expect([arm_a.name, arm_b.name]).toEqual(['narrow', 'wide']);
    expect(comparisons).toHaveLength(5);
    for (const row of comparisons) expect(row).toMatchObject({ n: 2, delta: 0, p_bonferroni: 1, significant: false, m: 5 });
    expect(comparisons[0]!.text).toContain('not significant');
    expect(found.notes).toEqual([]);
    expect((await desk(SCRIPT, FILES_OF_KNOBS).run({ configA: 'narrow.json', configB: 'wide.json' })).printed).toContain('not significant');
  });

  test('that come to the same knobs are told to', async () => {
    const { report } = desk(SCRIPT, FILES_OF_KNOBS);
    const { report: found } = await report({ configA: 'narrow.json', configB: 'wide.json' });
    expect(found.notes).toEqual([expect.stringContaining('the same knobs')]);
  });

  test.each([
    ['{"search.limit":3}', /Unrecognized key/],
    ['{"limit":"many"}', /limit/],
    ['[', /no JSON/],
  ])('%s is no configuration', async (text, message) => {
    const { run } = desk(SCRIPT, { ...FILES_OF_KNOBS, 'odd.json': text });
    await expect(run({ configA: 'narrow.json', configB: 'odd.json' })).rejects.toThrow(message);
  });

  test('one alone is a usage error', async () => {
    await expect(desk(SCRIPT, FILES_OF_KNOBS).run({ configA: 'narrow.json' })).rejects.toThrow(/--config-b/);
  });
});

describe('files', () => {
  test('--output: a line for each query, and a run that measures to the same values', async () => {
    const { root, report } = desk();
    for (const qrels of ['village.qrels.json', 'table.qrels']) {
      const texts = qrels === 'table.qrels' ? { queries: 'queries.jsonl' } : {};
      const live = await report({ qrels, ...texts, output: 'out/village.ndjson' });
      const rows = readFileSync(join(root, 'out/village.ndjson'), 'utf8').trim().split('\n');
      expect(rows.map((row) => (JSON.parse(row) as { query_id: string }).query_id)).toEqual(['harbour', 'apples']);
      const again = await report({ qrels, run: 'out/village.run' });
      expect(again.report.metrics).toEqual(live.report.metrics);
      expect(again.report.intervals).toEqual(live.report.intervals);
    }
    expect(readFileSync(join(root, 'out/village.run'), 'utf8').split('\n')[0]).toBe('harbour Q0 office 1 3 lauter-search');
  });

  test('--output in .run is the run, with the lines beside it', async () => {
    const { root, run } = desk();
    await run({ output: 'village.run' });
    expect(readFileSync(join(root, 'village.run'), 'utf8')).toContain('harbour Q0 default::office 1 3 ');
    expect(existsSync(join(root, 'village.rows.ndjson'))).toBe(true);
  });

  test('--report: page, Markdown, JSON and tables', async () => {
    const { root, run } = desk();
    await run({ report: 'report' });
    expect(readFileSync(join(root, 'report/qrels.html'), 'utf8')).toContain('nDCG@5');
    expect(JSON.parse(readFileSync(join(root, 'report/qrels.json'), 'utf8'))).toMatchObject({
      per_query: [{ query_id: 'harbour' }, { query_id: 'apples' }],
    });
    expect(existsSync(join(root, 'report/qrels-queries.csv'))).toBe(true);
  });

  test('a run and a line that is none', async () => {
    const { run, report } = desk(SCRIPT, {
      'good.run': 'harbour Q0 office 1 0.5 t\nbrook Q0 office 1 0.5 t\n',
      'odd.run': 'harbour Q0 office 1\n',
    });
    const { report: found } = await report({ run: 'good.run', metrics: 'R@5' });
    expect(found).toMatchObject({ num_q: 2, queries_missing: ['apples'], queries_unjudged: ['brook'], metrics: { 'R@5': 0.25 } });
    expect((await report({ run: 'good.run', metrics: 'R@5', intersection: true })).report).toMatchObject({
      num_q: 1,
      metrics: { 'R@5': 0.5 },
    });
    await expect(run({ run: 'odd.run' })).rejects.toMatchObject({ message: expect.stringContaining('odd.run:1'), context: { line: 1 } });
  });

  test('--trec takes the names of trec_eval, and refuses a document that stands twice', async () => {
    const { run, report } = desk(SCRIPT, {
      'once.run': 'harbour Q0 office 1 0.5 t\n',
      'twice.run': 'harbour Q0 office 1 0.5 t\nharbour Q0 office 2 0.4 t\n',
    });
    await expect(run({ run: 'twice.run', trec: true })).rejects.toThrow(/twice\.run:2: expected each document once/);
    const { report: trec } = await report({ run: 'once.run', trec: true });
    expect(Object.keys(trec.metrics)).toEqual(expect.arrayContaining(['num_q', 'map', 'P_5', 'recall_1000', 'ndcg_cut_10']));
    expect(trec.meta.averaging).toBe('intersection');
    expect(trec.notes).toEqual([expect.stringContaining('Rndcg')]);
    const { report: found } = await report({ run: 'twice.run' });
    expect(found.metrics['P@5']).toBeCloseTo(1 / 5 / 2, 12);
  });
});

test('an interrupt ends it with 130 and leaves nothing', async () => {
  const { root, engine } = desk();
  const io = recordingIo({ cwd: root });
  const search = engine.search.bind(engine);
  engine.search = (request) => {
    io.interrupt();
    return search(request);
  };
  const options = { qrels: 'village.qrels.json', retriever: 'builtin', k: 5, relLevel: 1, seed: 42, resamples: 200, output: 'out.ndjson' };
  expect(await evalQrels(io, options, () => Promise.resolve(engine))).toBe(130);
  expect(engine.asked).toHaveLength(1);
  expect(existsSync(join(root, 'out.ndjson'))).toBe(false);
});

describe('the command line', () => {
  test('people read measures with their intervals and all six counts', async () => {
    const { printed } = await desk().run({ perQuery: true, metrics: 'hit@1,MRR' });
    expect(printed).toContain('wilson');
    expect(printed).toContain('1 of 2');
    expect(printed).toContain('scored 2, system_failure 0, harness_error 0, skipped_budget 0, malformed 0, abstention 0');
    expect(printed).toMatch(/apples +scored/);
  });

  test.each([
    ['--k', '0'],
    ['--k', 'abc'],
    ['--limit', '1.5'],
    ['--rel-level', '-1'],
    ['--floor', 'MRR'],
    ['--seed', '4294967296'],
    ['--strategy', 'best'],
    ['--normalise-ids', 'all'],
    ['--token-budget', '-1'],
    ['--elegance', '1'],
  ])('%s %s is a usage error', async (flag, value) => {
    const { root } = desk();
    const { code } = await runCli(['eval', 'qrels', '--qrels', 'village.qrels.json', flag, value], root);
    expect(code).toBe(2);
  });

  test('a floor may stand several times, a flag of one value once', async () => {
    const root = temporaryFolder({ 'table.qrels': FILES['table.qrels'], 'a.run': 'harbour Q0 office 1 0.5 t\n' });
    const run = ['eval', 'qrels', '--qrels', 'table.qrels', '--run', 'a.run'];
    expect((await runCli([...run, '--floor', 'R@5=0.25', '--floor', 'MRR=0.5'], root)).code).toBe(0);
    expect((await runCli([...run, '--k', '5', '--k', '10'], root)).code).toBe(2);
  });

  test('measures a run without a workspace, from the first word to the exit code', async () => {
    const root = temporaryFolder({ 'table.qrels': FILES['table.qrels'], 'a.run': 'harbour Q0 office 1 0.5 t\n' });
    const { code, out } = await runCli(['eval', 'qrels', '--qrels', 'table.qrels', '--run', 'a.run', '--floor', 'R@k=0.5', '--json'], root);
    expect(code).toBe(1);
    expect(qrelsReportSchema.parse(JSON.parse(out))).toMatchObject({
      verdict: 'fail',
      floors: [{ metric: 'R@5', floor: 0.5, value: 0.25, is_met: false }],
    });
  });
});
