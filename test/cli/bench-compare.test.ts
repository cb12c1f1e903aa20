import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../adapters/digest.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { benchComparisonSchema, type BenchComparison } from '../../schemas/bench-comparison.ts';
import { makeEnd, makeManifest, makeProxy, makeRun, makeSummary, TERN, writeRunFile, type RunShape } from '../support/bench-run-files.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Ten questions of the tern, and of the same model a day later: one won, one lost, one moved down. */
const BEFORE = [1, 1, 1, 2, 2, 3, 5, 10, null, null];
const AFTER = [1, 1, 4, 1, 2, 3, 5, 10, 10, null];

function item(at: number): JsonObject {
  const event = { event_id: `shell-${at + 1}`, source: at < 8 ? 'shell' : 'browser', content_hash: sha256(`event ${at}`) };
  return { record_type: 'attempt', model: { id: TERN }, event, purpose: 'main' };
}

function runOf(number: number, ranks: readonly (number | null)[], more: RunShape = {}): string {
  const [manifest, ...rest] = makeRun(number, { ...more, summary: { downstream_proxy: makeProxy(ranks), ...more.summary } });
  return writeRunFile([manifest!, ...ranks.map((_, at) => item(at)), ...rest]);
}

function comparing(a: string, b: string): { root: string; bench(...more: readonly string[]): Promise<CliOutcome> } {
  const root = temporaryFolder({ 'a.jsonl': a, 'b.jsonl': b });
  return { root, bench: (...more) => runCli(['bench', 'compare', 'a.jsonl', 'b.jsonl', ...more], root) };
}

async function compare(a: string, b: string, ...more: readonly string[]): Promise<{ code: number; err: string; report: BenchComparison }> {
  const { code, out, err } = await comparing(a, b).bench('--json', ...more);
  if (out === '') throw new Error(`nothing was compared: ${err}`);
  return { code, err, report: benchComparisonSchema.parse(JSON.parse(out)) };
}

test('means, differences, gains and losses are those of the paired questions', async () => {
  const { code, report } = await compare(runOf(1, BEFORE), runOf(2, AFTER));
  expect(code).toBe(0);
  const metric = (name: string) => report.metrics.find(({ metric }) => metric === name)!;
  expect(report.metrics.map(({ metric }) => metric)).toEqual(['mrr', 'hit_at_1', 'hit_at_3', 'hit_at_5', 'hit_at_10', 'ndcg_at_10']);
  // By hand: 3 + 1 + 1/3 + 1/5 + 1/10 and 3 + 1/4 + 1/2 + 1/3 + 1/5 + 2/10, over 10.
  expect(metric('mrr').mean_a).toBeCloseTo((4 + 1 / 3 + 0.3) / 10, 12);
  expect(metric('mrr').mean_b).toBeCloseTo((3 + 0.75 + 1 / 3 + 0.4) / 10, 12);
  // Differences: -0.75 (qa-003), +0.5 (qa-004), +0.1 (qa-009).
  expect(metric('mrr').difference).toBeCloseTo(-0.015, 12);
  expect(metric('mrr').sign).toMatchObject({ gains: 2, losses: 1, p: 1 });
  expect(metric('hit_at_1')).toMatchObject({ mean_a: 0.3, mean_b: 0.3, difference: 0, sign: { gains: 1, losses: 1, p: 1 } });
  expect(metric('hit_at_10')).toMatchObject({ mean_a: 0.8, mean_b: 0.9 });
  // s of (-1, +1, 0 x 8) = sqrt(2 / 9); MDE = 2.801585 x s / sqrt(10).
  expect(metric('hit_at_1').mde).toEqual({
    form: 'paired',
    value: expect.closeTo((2.801585 * Math.sqrt(2 / 9)) / Math.sqrt(10), 6) as number,
  });
  expect(metric('mrr').is_distinguishable).toBe(false);
});

test('flips and sources: equal means hide nothing', async () => {
  const { report } = await compare(runOf(1, BEFORE), runOf(2, AFTER));
  expect(report.flips).toMatchObject({ hit_at_1: 2, rank: 3 });
  expect(report.flips.items).toEqual([
    { qa_id: 'qa-003', source: 'shell', rank_a: 1, rank_b: 4, is_flip: true },
    { qa_id: 'qa-004', source: 'shell', rank_a: 2, rank_b: 1, is_flip: true },
    { qa_id: 'qa-009', source: 'browser', rank_a: null, rank_b: 10, is_flip: false },
  ]);
  expect(report.per_source.map(({ source, n, small }) => [source, n, small])).toEqual([
    ['browser', 2, true],
    ['shell', 8, true],
  ]);
});

test('the answer is the same every time, and turns its sign with the sides', async () => {
  const one = await compare(runOf(1, BEFORE), runOf(2, AFTER));
  expect((await compare(runOf(1, BEFORE), runOf(2, AFTER))).report.metrics).toEqual(one.report.metrics);
  const turned = await compare(runOf(2, AFTER), runOf(1, BEFORE));
  expect(turned.report.metrics[0]!.difference).toBeCloseTo(0.015, 12);
  expect(turned.report.metrics[0]!.sign).toMatchObject({ gains: 1, losses: 2 });
});

test('every side carries its BT-29 state', async () => {
  const { bench } = comparing(runOf(1, BEFORE), runOf(2, AFTER));
  const { out } = await bench();
  expect(out.match(/BT-29 deferred/g)).toHaveLength(2);
});

test('a missing pair is exit 2 and names the question', async () => {
  const { code, out, err } = await comparing(runOf(1, BEFORE), runOf(2, AFTER.slice(0, 9))).bench();
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('qa-010 only in');
});

test.each(['corpus_content_hash', 'qa_content_hash', 'embedding_model', 'prompt_hash', 'tuning_hash'])(
  'another %s is exit 2, with both values',
  async (field) => {
    const { code, err, report } = await compare(runOf(1, BEFORE), runOf(2, AFTER, { manifest: { [field]: sha256('changed') } }));
    expect([code, report.metrics]).toEqual([2, []]);
    expect(report.comparability.differences.map((difference) => difference.field)).toEqual([field]);
    expect(err).toContain(field);
    expect(err).toContain(sha256('changed'));
  },
);

test('recorded on one side only is not comparable; on neither side, it is partial and a warning', async () => {
  const without = { manifest: { prompt_hash: undefined, tuning_hash: undefined } };
  expect((await compare(runOf(1, BEFORE), runOf(2, AFTER, without))).code).toBe(2);
  const { code, report } = await compare(runOf(1, BEFORE, without), runOf(2, AFTER, without));
  expect([code, report.comparability.status, report.warnings.length > 0]).toEqual([0, 'partial', true]);
});

test('two models of one file', async () => {
  const runId = 'run-20250301T064000Z-1a2b3c4d-abcde1';
  const summary = (model: string, ranks: readonly (number | null)[]) =>
    makeSummary(runId, { model, summary: { downstream_proxy: makeProxy(ranks) } });
  const both = writeRunFile([makeManifest(runId), summary(TERN, BEFORE), summary('gannet-3b', AFTER), makeEnd(runId)]);
  const { bench } = comparing(both, both);
  expect(await bench()).toMatchObject({ code: 2, err: expect.stringContaining('gannet-3b, tern-7b') as string });
  expect(await bench('--model-a', TERN, '--model-b', TERN)).toMatchObject({ code: 2 });
  const { code, out } = await bench('--model-a', TERN, '--model-b', 'gannet-3b', '--json');
  expect(code).toBe(0);
  expect(benchComparisonSchema.parse(JSON.parse(out))).toMatchObject({ a: { model_id: TERN }, b: { model_id: 'gannet-3b' } });
});

test('the judge is compared over the events that it scored on both sides', async () => {
  const judged = (scores: readonly (number | null)[], judge = 'heron-70b'): RunShape => ({
    manifest: { judge: { model: judge, prompt_hash: sha256('rubric') } },
    summary: { judge: { mean: 3, per_item: scores.map((mean, at) => ({ event_id: `shell-${at}`, scores: {}, mean })) } },
  });
  const { report } = await compare(runOf(1, BEFORE, judged([3, 4, null])), runOf(2, AFTER, judged([4, 4, 5])));
  expect(report.metrics.at(-1)).toMatchObject({ metric: 'judge_mean', n: 2, mean_a: 3.5, mean_b: 4 });
  expect(report.warnings).toContainEqual(expect.stringContaining('1 events have a score on one side only'));
  const other = await compare(runOf(1, BEFORE, judged([3, 4])), runOf(2, AFTER, judged([4, 4], 'stork-70b')));
  expect(other.report.metrics.map(({ metric }) => metric)).not.toContain('judge_mean');
});

test('the report is a page, Markdown, JSON and tables', async () => {
  const { root, bench } = comparing(runOf(1, BEFORE), runOf(2, AFTER));
  expect((await bench('--report', 'report')).code).toBe(0);
  const page = readFileSync(join(root, 'report', 'bench-comparison.html'), 'utf8');
  expect(page).toContain('Not distinguishable');
  expect(page).toContain('BT-29 deferred');
  expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
  expect(readFileSync(join(root, 'report', 'bench-comparison.md'), 'utf8')).toContain('qa-003');
  benchComparisonSchema.parse(JSON.parse(readFileSync(join(root, 'report', 'bench-comparison.json'), 'utf8')));
});

test('stored runs go by their ids', async () => {
  const { root } = comparing(runOf(1, BEFORE), runOf(2, AFTER));
  const place = ['--workspace', join(root, 'workspace')];
  await runCli(['bench', 'import', 'a.jsonl', 'b.jsonl', ...place], root);
  const ids = ['run-20250301T064000Z-1a2b3c4d-abcde1', 'run-20250302T064000Z-1a2b3c4d-abcde2'];
  const { code, out } = await runCli(['bench', 'compare', ...ids, '--json', ...place], root);
  expect([code, benchComparisonSchema.parse(JSON.parse(out)).a.run_id]).toEqual([0, ids[0]]);
  expect(await runCli(['bench', 'compare', ids[0]!, 'run-nobody-knows', ...place], root)).toMatchObject({ code: 2, out: '' });
});

test('a file that is none is exit 2', async () => {
  const { root, bench } = comparing(runOf(1, BEFORE), '');
  expect((await bench()).code).toBe(2);
  writeFileSync(join(root, 'b.jsonl'), 'weather\n');
  expect(await bench()).toMatchObject({ code: 2, err: expect.stringContaining('b.jsonl:1') as string });
});
