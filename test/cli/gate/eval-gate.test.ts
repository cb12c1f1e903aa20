import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildBaseline, writeBaseline } from '../../../domain/gate/index.ts';
import { CollectionError, RetrieverError } from '../../../domain/shared/errors.ts';
import type { ReplayRow } from '../../../schemas/baseline.ts';
import { capturedRow, rowFile } from '../../support/captured-rows.ts';
import { gateReportSchema } from '../../../schemas/gate-report.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { scriptedRetriever, type Script } from '../../support/scripted-retriever.ts';
import { gateDesk } from './gate-desk.ts';

const ROWS = [capturedRow('the tide', ['a', 'b'], { corpus_hash: 'corpus' }), capturedRow('the loft', ['c'], { corpus_hash: 'corpus' })];
const STEADY: Script = { 'the tide': ['a', 'b'], 'the loft': ['c'] };

function baselineOf(rows: readonly ReplayRow[] = ROWS, header: object = {}): string {
  const thresholds = { jaccard: 0.85, top1: 0.8, latency_multiplier: 2 };
  const built = buildBaseline(rows, {
    label: 'l',
    publishedAt: '2026-05-24T00:00:00.000Z',
    thresholds,
    lauterVersion: '0.1.0',
    isSynthetic: true,
  });
  return writeBaseline({ ...built, header: { ...built.header, ...header } });
}

function qrelsOf(...queries: readonly object[]): string {
  return JSON.stringify({ schema_version: 1, queries });
}

const QRELS = qrelsOf(
  { query_id: 'tide', query: 'the tide', relevant_slugs: ['a', 'b'], first_relevant_slug: 'a' },
  { query_id: 'loft', query: 'the loft', relevant: [{ source_id: 'default', slug: 'c' }] },
);

const FILES = { 'b.ndjson': baselineOf(), 'q.json': QRELS };

function deskWith(script: Script, files: Readonly<Record<string, string>> = {}, env: NodeJS.ProcessEnv = {}) {
  return gateDesk(scriptedRetriever(script), { ...FILES, ...files }, env);
}

describe('the verdict', () => {
  test('passes an engine that answers as it did and finds what is right', async () => {
    const { code, report } = await deskWith(STEADY).gate({ baseline: 'b.ndjson', qrels: 'q.json' });
    expect(code).toBe(0);
    expect(report).toMatchObject({
      verdict: 'pass',
      regression_gate: { ran: true, baseline_path: 'b.ndjson', attestation: 'content', latency_ratio: 1, breaches: [] },
      correctness_gate: { ran: true, qrels_path: 'q.json', breaches: [], summary: { expected_top1_denominator: 1 } },
      meta: { corpus_hash: 'corpus', knob_hash: 'knobs', collection: 'harbour', corpus_changed: false, degraded: [] },
    });
  });

  test('fails what moved, with what was found and the limit', async () => {
    const { code, report } = await deskWith({ ...STEADY, 'the loft': ['z'] }).gate({ baseline: 'b.ndjson' });
    expect(code).toBe(1);
    expect(report.verdict).toBe('fail');
    expect(report.correctness_gate).toEqual({ ran: false });
    expect(report.regression_gate.breaches).toEqual([
      { metric: 'mean_jaccard', observed: 0.5, threshold: 0.85, failure_origin: 'result' },
      { metric: 'top1_stability_rate', observed: 0.5, threshold: 0.8, failure_origin: 'result' },
    ]);
  });

  test('limits of the command line count before those of the baseline', async () => {
    const desk = deskWith(
      { ...STEADY, 'the loft': ['z'] },
      { 'loose.ndjson': baselineOf(ROWS, { thresholds: { jaccard: 0.5, top1: 0.5 } }) },
    );
    expect((await desk.gate({ baseline: 'loose.ndjson' })).code).toBe(0);
    expect((await desk.gate({ baseline: 'loose.ndjson', thresholdJaccard: 0.6 })).code).toBe(1);
    expect((await desk.gate({ baseline: 'b.ndjson', thresholdJaccard: 0.5, thresholdTop1: 0 })).code).toBe(0);
  });

  test('a gate that asks for nothing, or for flags that would do nothing, ends with 2', async () => {
    const desk = deskWith(STEADY);
    await expect(desk.gate({})).rejects.toThrow('--baseline FILE, --qrels FILE or both');
    await expect(desk.gate({ baseline: 'b.ndjson', qrels: 'q.json', embedder: 'deterministic' })).rejects.toThrow('--embedder');
    await expect(desk.gate({ qrels: 'q.json', baselineRef: 'main' })).rejects.toThrow('--baseline-ref');
    expect((await desk.eval('gate', '--embedder', 'deterministic')).code).toBe(2);
    expect((await desk.eval('gate', '--qrels', 'q.json', '--embedder', 'other')).code).toBe(2);
  });

  test.each([
    ['--threshold-jaccard', ['abc', 'NaN', '1.01', '-0.1', '']],
    ['--threshold-top1', ['abc']],
    ['--threshold-recall-at-k', ['2']],
    ['--threshold-first-relevant-hit', ['x']],
    ['--threshold-expected-top1', ['Infinity']],
    ['--threshold-latency-multiplier', ['0', 'abc', '-2']],
    ['--latency-floor-ms', ['-1', 'abc']],
    ['--k', ['0', '1.5', 'abc']],
  ])('GAT-7: %s with a number that is none, or out of range, ends with 2', async (flag, values) => {
    for (const value of values) {
      const { code, out, err } = await deskWith(STEADY).eval('gate', '--baseline', 'b.ndjson', flag, value);
      expect(code, `${flag} ${value}`).toBe(2);
      expect(out + err).toContain(flag);
    }
  });
});

describe('evidence that is none', () => {
  test.each([
    ['a missing baseline', { baseline: 'none.ndjson' }, 'baseline_parse', 'baseline_unreadable'],
    ['GAT-2: a malformed baseline', { baseline: 'q.json' }, 'baseline_parse', 'baseline_unreadable'],
    ['captured rows without a header', { baseline: 'rows.ndjson' }, 'baseline_parse', 'baseline_unreadable'],
    ['missing judgments', { qrels: 'none.json' }, 'qrels_parse', 'qrels_unreadable'],
    ['GAT-2: malformed judgments', { qrels: 'b.ndjson' }, 'qrels_parse', 'qrels_unreadable'],
    ['a bare list of judgments', { qrels: 'list.json' }, 'qrels_parse', 'qrels_unreadable'],
    ['judgments without queries', { qrels: 'nothing.json' }, 'qrels_parse', 'qrels_unreadable'],
    ['a query without relevant pages', { qrels: 'irrelevant.json' }, 'qrels_parse', 'qrels_unreadable'],
    ['a blank query', { qrels: 'blank.json' }, 'qrels_parse', 'qrels_unreadable'],
  ])('%s is an error with its breach', async (_name, flags, metric, reason) => {
    const desk = deskWith(STEADY, {
      'rows.ndjson': rowFile(ROWS),
      'list.json': '[]',
      'nothing.json': qrelsOf(),
      'irrelevant.json': qrelsOf({ query: 'the tide', relevant_slugs: [] }),
      'blank.json': qrelsOf({ query: ' ', relevant_slugs: ['a'] }),
    });
    const { code, report } = await desk.gate(flags);
    expect(code).toBe(2);
    expect(report.verdict).toBe('error');
    const breaches = [...(report.regression_gate.breaches ?? []), ...(report.correctness_gate.breaches ?? [])];
    expect(breaches).toMatchObject([{ metric, reason, failure_origin: 'input' }]);
  });

  test('GAT-2: without a workspace or a collection, what is malformed is still listed', async () => {
    const root = temporaryFolder({ 'bad.ndjson': '{', 'b.ndjson': baselineOf() });
    const verdictOn = async (name: string) => {
      const { code, out } = await runCli(['eval', 'gate', '--baseline', name, '--json'], root);
      return { code, report: gateReportSchema.parse(JSON.parse(out)) };
    };
    expect(await verdictOn('bad.ndjson')).toMatchObject({
      code: 2,
      report: { verdict: 'error', regression_gate: { breaches: [{ metric: 'baseline_parse', reason: 'baseline_unreadable' }] } },
    });
    expect(await verdictOn('b.ndjson')).toMatchObject({
      code: 2,
      report: { verdict: 'error', regression_gate: { breaches: [{ metric: 'replay_in_process', reason: 'replay_threw' }] } },
    });
  });

  test('BAS-1, BAS-2: a baseline that was edited is an error, and nothing is searched', async () => {
    const lines = baselineOf().split('\n');
    const engine = scriptedRetriever(STEADY);
    const desk = gateDesk(engine, {
      'edited.ndjson': baselineOf().replace('"retrieved_slugs":["c"]', '"retrieved_slugs":["d"]'),
      'shorter.ndjson': `${lines.slice(0, -2).join('\n')}\n`,
    });
    const edited = await desk.gate({ baseline: 'edited.ndjson' });
    expect(edited.code).toBe(2);
    expect(edited.report.regression_gate.breaches).toMatchObject([{ metric: 'baseline_content_hash', reason: 'baseline_tampered' }]);
    const shorter = await desk.gate({ baseline: 'shorter.ndjson' });
    expect(shorter.code).toBe(2);
    expect(shorter.report.regression_gate.breaches?.[0]).toMatchObject({ metric: 'baseline_row_count', reason: 'baseline_tampered' });
    expect(engine.asked).toEqual([]);
  });

  test('an engine that cannot be asked at all is an error of both gates; 2 counts before 1', async () => {
    const gone = new CollectionError('no such collection', '');
    const { code, report } = await deskWith({ 'the tide': gone, 'the loft': ['z'] }).gate({ baseline: 'b.ndjson', qrels: 'q.json' });
    expect(code).toBe(2);
    expect(report.regression_gate.breaches).toMatchObject([
      { metric: 'replay_in_process', reason: 'replay_threw', error_tail: 'no such collection', failure_origin: 'system' },
    ]);
    expect(report.correctness_gate.breaches).toMatchObject([{ metric: 'correctness_gate', reason: 'orchestrator_threw' }]);
    const mixed = await deskWith({ 'the tide': ['z'] }).gate({ baseline: 'b.ndjson', qrels: 'none.json' });
    expect([mixed.code, mixed.report.verdict]).toEqual([2, 'error']);
    expect(mixed.report.regression_gate.breaches).not.toEqual([]);
  });

  test('GAT-8: when every row errored or was skipped, the gate fails', async () => {
    const threw = new RetrieverError('gone', '');
    const errored = await deskWith({ 'the tide': threw, 'the loft': threw }).gate({ baseline: 'b.ndjson' });
    expect(errored.code).toBe(1);
    expect(errored.report.regression_gate.breaches?.map(({ metric }) => metric)).toEqual(
      expect.arrayContaining(['rows_errored', 'no_rows_replayed', 'mean_jaccard']),
    );
    const blank = baselineOf([capturedRow('  ', [])]);
    const skipped = await deskWith({}, { 'blank.ndjson': blank }).gate({ baseline: 'blank.ndjson' });
    expect(skipped.code).toBe(1);
    expect(skipped.report.regression_gate.breaches?.map(({ metric }) => metric)).toContain('no_rows_replayed');
  });

  test('one errored row of many fails, whatever the means', async () => {
    const many = Array.from({ length: 40 }, (_, at) => capturedRow(`tide ${at}`, ['a']));
    const script = Object.fromEntries(many.map(({ query }, at) => [query, at === 0 ? new RetrieverError('gone', '') : ['a']]));
    const { code, report } = await deskWith(script, { 'many.ndjson': baselineOf(many) }).gate({ baseline: 'many.ndjson' });
    expect(code).toBe(1);
    expect(report.regression_gate.breaches).toEqual([
      { metric: 'rows_errored', observed: 1, threshold: 0, error_tail: 'gone', failure_origin: 'result' },
    ]);
  });

  test('GAT-3, GAT-4: an engine that finds nothing fails both gates, also against a baseline of nothing', async () => {
    const { code, report } = await deskWith({}).gate({ baseline: 'b.ndjson', qrels: 'q.json' });
    expect(code).toBe(1);
    expect(report.verdict).toBe('fail');
    expect(report.correctness_gate.summary).toMatchObject({ mean_recall_at_k: 0, mean_recall_at_k_strict: 0, queries_errored: 0 });
    expect(report.regression_gate.breaches).not.toEqual([]);
    const nothing = await deskWith({}, { 'nothing.ndjson': baselineOf([capturedRow('the tide', [])]) }).gate({
      baseline: 'nothing.ndjson',
    });
    expect(nothing.code).toBe(1);
    expect(nothing.report.regression_gate.breaches).toMatchObject([{ metric: 'mean_jaccard', reason: 'nothing_found' }]);
  });

  test('GAT-6: without a mean of the baseline latency is skipped, and the verdict says so', async () => {
    const desk = deskWith(STEADY, { 'zero.ndjson': baselineOf(ROWS, { baseline_mean_latency_ms: 0 }) });
    const { code, report } = await desk.gate({ baseline: 'zero.ndjson' });
    expect(code).toBe(0);
    expect(report.regression_gate).toMatchObject({ latency_skipped: true, latency_ratio: null });
    expect((await desk.tell('gate', { baseline: 'zero.ndjson' })).printed).toMatch(/Latency ratio +n\/a .*skipped/);
  });
});

describe('what is right', () => {
  const one = (query: object): Record<string, string> => ({ 'one.json': qrelsOf({ query: 'the tide', ...query }) });
  const summaryOf = async (found: readonly string[], query: object, k = 10) =>
    (await deskWith({ 'the tide': found }, one(query)).gate({ qrels: 'one.json', k })).report.correctness_gate.summary;

  test('QRL-2: recall is over all that is relevant', async () => {
    expect(await summaryOf(['a', 'b'], { relevant_slugs: ['a', 'b'] }, 1)).toMatchObject({ mean_recall_at_k: 0.5, k: 1 });
  });

  test('QRL-3, QRL-4: nothing, and the right slug of another source, are misses and no errors', async () => {
    const missed = { mean_recall_at_k: 0, first_relevant_hit_rate: 0, expected_top1_hit_rate: 0, queries_errored: 0 };
    expect(await summaryOf([], { relevant_slugs: ['a'], first_relevant_slug: 'a' })).toMatchObject(missed);
    expect(await summaryOf(['wiki::a'], { relevant_slugs: ['a'], first_relevant_slug: 'a' })).toMatchObject(missed);
  });

  test('QRL-6: the expected first place counts where one is expected', async () => {
    const { report } = await deskWith(STEADY).gate({ qrels: 'q.json' });
    expect(report.correctness_gate.summary).toMatchObject({ queries_total: 2, expected_top1_denominator: 1, expected_top1_hit_rate: 1 });
  });

  test('QRL-7: two passages of one page are one page', async () => {
    expect(await summaryOf(['a', 'a'], { relevant_slugs: ['a'] })).toMatchObject({ mean_recall_at_k: 1 });
  });

  test('an errored query counts as 0 in what is compared, and is a breach of its own', async () => {
    const { code, report } = await deskWith({ ...STEADY, 'the loft': new RetrieverError('gone', '') }).gate({ qrels: 'q.json' });
    expect(code).toBe(1);
    expect(report.correctness_gate.summary).toMatchObject({
      mean_recall_at_k: 1,
      mean_recall_at_k_strict: 0.5,
      first_relevant_hit_rate: 1,
    });
    expect(report.correctness_gate.breaches?.map(({ metric }) => metric)).toEqual(['queries_errored', 'mean_recall_at_k']);
  });
});

describe('circumstances', () => {
  test('a collection that changed since is told, and is no breach', async () => {
    const engine = scriptedRetriever(STEADY, () => ({ corpus_hash: 'another' }));
    const desk = gateDesk(engine, FILES);
    const { code, report } = await desk.gate({ baseline: 'b.ndjson' });
    expect(code).toBe(0);
    expect(report.meta).toMatchObject({ corpus_changed: true, baseline_corpus_hash: 'corpus', corpus_hash: 'another' });
    expect((await desk.tell('gate', { baseline: 'b.ndjson' })).printed).toContain('harbour has changed since the baseline was published');
  });

  test('an embedder that disappears in mid-run keeps the gate from judging, unless that is allowed', async () => {
    const rows = ROWS.map((row) => ({ ...row, vector_enabled: true }));
    const withGap = () => {
      let searches = 0;
      return scriptedRetriever(STEADY, () =>
        (searches += 1) === 2 ? { vector_enabled: false, degraded: ['embedding_failed'] } : { vector_enabled: true },
      );
    };
    const files = { ...FILES, 'vectors.ndjson': baselineOf(rows) };
    const { code, report } = await gateDesk(withGap(), files).gate({ baseline: 'vectors.ndjson' });
    expect(code).toBe(2);
    expect(report).toMatchObject({
      verdict: 'error',
      meta: { degraded: ['embedding_failed'] },
      regression_gate: { summary: { rows_degraded: 1 } },
    });
    expect(report.regression_gate.breaches).toMatchObject([{ metric: 'rows_degraded', reason: 'degraded', failure_origin: 'system' }]);
    expect((await gateDesk(withGap(), files).gate({ baseline: 'vectors.ndjson', allowDegraded: true })).code).toBe(0);
    const queries = await gateDesk(withGap(), files).gate({ qrels: 'q.json' });
    expect([queries.code, queries.report.correctness_gate.breaches]).toMatchObject([2, [{ metric: 'queries_degraded' }]]);
  });

  test('a baseline of a revision is the one that counts, whatever lies in the work tree', async () => {
    const desk = deskWith({ ...STEADY, 'the loft': ['z'] });
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=clerk', '-c', 'user.email=clerk@harbour.example', ...args], {
        cwd: desk.root,
        encoding: 'utf8',
      });
    git('init', '-q', '-b', 'main');
    git('add', 'b.ndjson');
    git('commit', '-q', '-m', 'The baseline');
    writeFileSync(join(desk.root, 'b.ndjson'), baselineOf([ROWS[0]!, { ...ROWS[1]!, retrieved_slugs: ['z'] }]));
    expect((await desk.gate({ baseline: 'b.ndjson' })).code).toBe(0);
    const { code, report } = await desk.gate({ baseline: 'b.ndjson', baselineRef: 'main' });
    expect(code).toBe(1);
    expect(report.regression_gate).toMatchObject({ baseline_path: 'b.ndjson', baseline_ref: 'main' });
    expect(report.meta.commit).toBe(git('rev-parse', 'HEAD').trim());
    for (const baselineRef of ['elsewhere', '--upload-pack=true', '-p'])
      expect((await desk.gate({ baseline: 'b.ndjson', baselineRef })).report.regression_gate.breaches).toMatchObject([
        { metric: 'baseline_parse', reason: 'baseline_unreadable' },
      ]);
    expect((await desk.gate({ baseline: 'q.json', baselineRef: 'main' })).code).toBe(2);
  });

  test('latency is a breach only above its multiple and above what is noise', async () => {
    const slow = (latency_ms: number) =>
      gateDesk(
        scriptedRetriever(STEADY, () => ({ latency_ms })),
        FILES,
      );
    expect((await slow(60).gate({ baseline: 'b.ndjson' })).code).toBe(0);
    const { report } = await slow(61).gate({ baseline: 'b.ndjson' });
    expect(report.regression_gate.breaches).toEqual([{ metric: 'latency_ratio', observed: 6.1, threshold: 2, failure_origin: 'result' }]);
    expect((await slow(21).gate({ baseline: 'b.ndjson', latencyFloorMs: 0 })).code).toBe(1);
    expect((await slow(20).gate({ baseline: 'b.ndjson', latencyFloorMs: 0 })).code).toBe(0);
  });
});

describe('other forms of the verdict', () => {
  test('JUnit has a suite for each gate and tells a failure from an error', async () => {
    const desk = deskWith({ ...STEADY, 'the loft': ['z'] });
    await desk.gate({ baseline: 'b.ndjson', qrels: 'none.json', junit: 'out/gate.xml' });
    const xml = readFileSync(join(desk.root, 'out/gate.xml'), 'utf8');
    expect(xml).toMatch(/<testsuites name="lauter eval gate" tests="\d+" failures="2" errors="1" skipped="\d+">/);
    expect(xml).toContain('name="mean_jaccard"');
    expect(xml).toContain('<error type="qrels_unreadable"');
  });

  test('the summary of a GitHub job is appended to', async () => {
    const desk = deskWith(STEADY, { 'summary.md': 'Tests passed.\n' }, { GITHUB_STEP_SUMMARY: 'summary.md' });
    await desk.gate({ baseline: 'b.ndjson', githubSummary: true });
    expect(readFileSync(join(desk.root, 'summary.md'), 'utf8')).toMatch(/^Tests passed\.\n# Passed: Retrieval gate harbour/);
    await desk.gate({ baseline: 'b.ndjson', githubSummary: 'other.md' });
    expect(readFileSync(join(desk.root, 'other.md'), 'utf8')).toContain('Passed');
    const engine = scriptedRetriever(STEADY);
    await expect(gateDesk(engine, FILES).gate({ baseline: 'b.ndjson', githubSummary: true })).rejects.toThrow('GITHUB_STEP_SUMMARY');
    expect(engine.asked).toEqual([]);
  });

  test('the report is a page with files beside it; people see the verdict and what moved', async () => {
    const desk = deskWith({ ...STEADY, 'the loft': ['z'] });
    await desk.gate({ baseline: 'b.ndjson', qrels: 'q.json', report: 'report' });
    expect(readdirSync(join(desk.root, 'report'))).toEqual(expect.arrayContaining(['eval-gate.html', 'eval-gate.md', 'eval-gate.json']));
    const page = readFileSync(join(desk.root, 'report/eval-gate.md'), 'utf8');
    expect(page.slice(page.lastIndexOf('\n## '))).toMatch(/^\n## Reproducibility\n[^]*dataset of judgments/);
    expect(JSON.parse(readFileSync(join(desk.root, 'report/eval-gate.json'), 'utf8'))._meta.footer.datasets).toMatchObject([
      { suite: 'baseline', name: 'b.ndjson', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { suite: 'judgments', name: 'q.json', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    const { printed, code } = await desk.tell('gate', { baseline: 'b.ndjson', glossary: true });
    expect(printed).toContain('Jaccard similarity, failures as 0');
    expect(code).toBe(1);
    expect(printed).toMatch(/^✘ fail: collection harbour/);
    expect(printed).toMatch(/mean_jaccard: too few of the pages are the same/);
    expect(printed).toContain('the loft');
  });

  test('a file that attests its queries only says so wherever it is used', async () => {
    const desk = deskWith(STEADY, { 'older.ndjson': baselineOf(ROWS, { content_hash: undefined }) });
    expect((await desk.gate({ baseline: 'older.ndjson' })).report.regression_gate.attestation).toBe('queries_only');
    expect((await desk.tell('gate', { baseline: 'older.ndjson' })).printed).toContain('queries_only');
    await desk.gate({ baseline: 'older.ndjson', report: 'report' });
    expect(readFileSync(join(desk.root, 'report/eval-gate.md'), 'utf8')).toContain('queries\\_only'.replace('\\', ''));
  });
});
