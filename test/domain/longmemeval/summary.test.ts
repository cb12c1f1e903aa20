import { describe, expect, test } from 'vitest';
import { reportRun } from '../../../domain/longmemeval/index.ts';
import type { LongMemEvalReadRow } from '../../../schemas/longmemeval-rows.ts';
import { longMemEvalReportSchema } from '../../../schemas/longmemeval-report.ts';
import type { LongMemEvalSettings } from '../../../schemas/longmemeval-settings.ts';
import { longMemEvalSummarySchema } from '../../../schemas/longmemeval-summary.ts';
import { lmeSettings } from '../../support/longmemeval-settings.ts';

const FRAME = {
  run_id: 'longmemeval-1',
  dataset: { name: 'longmemeval_s.json', sha256: 'ab', questions: 20 },
  reused: 0,
  cost: { estimated_usd: null, settled_usd: 0, cap_usd: null, price_table: 'unversioned' },
  notices: [],
  output: null,
  started_at: '2026-03-02T08:00:00.000Z',
  finished_at: '2026-03-02T08:00:09.000Z',
  code: { version: '1', commit: null, is_dirty: null },
};

const report = (rows: readonly LongMemEvalReadRow[], more: Partial<LongMemEvalSettings> = {}) =>
  reportRun(rows, lmeSettings({ by_type: true, ...more }), FRAME);

/** A question whose gold session `hull` was found, or was not. */
const row = (at: number, isFound: boolean, more: Partial<LongMemEvalReadRow> = {}): LongMemEvalReadRow => ({
  question_id: `q${at}`,
  question_type: 'multi-session',
  hypothesis: '',
  retrieved_session_ids: isFound ? ['keel', 'hull'] : ['keel'],
  answer_session_ids: ['hull'],
  ...more,
});
const bucket = (hits: number, of: number): LongMemEvalReadRow[] => Array.from({ length: of }, (_, at) => row(at, at < hits));

describe('LME-5: the floor by kind of question', () => {
  const floor = { metric: 'recall_all', value: 0.95 } as const;

  test('18 of 20 is below .95, 19 of 20 is not', () => {
    expect(report(bucket(18, 20), { floor })).toMatchObject({ verdict: 'floor_missed', breaches: [{ type: 'multi-session', rate: 0.9 }] });
    expect(report(bucket(19, 20), { floor })).toMatchObject({ verdict: 'accepted', breaches: [] });
  });

  test('a breach names kind, metric, both rates with all first, and the floor', () => {
    const rows = bucket(20, 20).map((each, at) => (at < 2 ? { ...each, answer_session_ids: ['hull', 'mast'] } : each));
    const { reasons, verdict } = report(rows, { floor });
    expect(verdict).toBe('floor_missed');
    expect(reasons).toEqual(['multi-session: all_rate 0.9, rate 1, below the floor of 0.95 for recall_all']);
    expect(report(rows, { floor: { metric: 'recall_any', value: 0.95 } }).verdict).toBe('accepted');
  });

  test('one weak kind among strong ones is enough', () => {
    const rows = [...bucket(20, 20), row(90, false, { question_type: 'temporal-reasoning' })];
    expect(report(rows, { floor }).breaches.map(({ type }) => type)).toEqual(['temporal-reasoning']);
  });
});

test('LME-6: without a row that has gold the rate is null and breaches nothing', () => {
  const { summary, verdict } = report([row(1, true, { answer_session_ids: [] })], { floor: { metric: 'recall_all', value: 1 } });
  expect(summary.aggregate).toMatchObject({ hit: 0, total: 0, rate: null, all_rate: null, mean_fraction: null });
  expect(verdict).toBe('accepted');
});

describe('LME-9: abstention', () => {
  const rows = [row(1, true), row(2, false, { question_id: 'ferry_abs', judge_correct: true })];

  test('is left out of recall, counted, and judged all the same', () => {
    const { summary, outcomes, recall, figure } = report(rows);
    expect(summary).toMatchObject({ aggregate: { hit: 1, total: 1 }, excluded_abstention: 1, qa_accuracy: { correct: 1, total: 2 } });
    expect(outcomes).toMatchObject({ scored: 1, abstention: 1 });
    expect(recall.abstention).toBeNull();
    expect(figure).toBe('S split (longmemeval_s.json), 1 questions, 1 abstention questions left out, all turns');
  });

  test('has a block of its own when asked for', () => {
    const { summary, recall } = report(rows, { include_abstention: true });
    expect(summary.abstention).toMatchObject({ hit: 0, total: 1 });
    expect(recall.abstention?.at[0]).toMatchObject({ k: 1, any: { hit: 0, total: 1 } });
    expect(summary.aggregate.total).toBe(1);
  });
});

describe('LME-10: rows that failed', () => {
  const failed = (at: number, more: Partial<LongMemEvalReadRow> = {}): LongMemEvalReadRow => ({
    question_id: `f${at}`,
    question_type: 'multi-session',
    hypothesis: '',
    error: 'the mast broke',
    outcome: 'harness_error',
    ...more,
  });

  test('stay in the denominator of their kind as misses', () => {
    const { summary } = report([...bucket(19, 19), failed(1)]);
    expect(summary.recall_by_type['multi-session']).toMatchObject({
      hit: 19,
      total: 20,
      rate: 0.95,
      all_hit: 19,
      errors: 1,
      mean_fraction: 0.95,
    });
  });

  test('are too many above a tenth of all rows', () => {
    expect(report([...bucket(18, 18), failed(1), failed(2)]).verdict).toBe('accepted');
    expect(report([...bucket(17, 17), failed(1), failed(2)]).verdict).toBe('invalid');
    expect(report([failed(1)]).verdict).toBe('invalid');
  });

  test('of the search engine are misses, and invalid only when there is nothing else', () => {
    const broken = [1, 2, 3].map((at) => failed(at, { outcome: 'system_failure' }));
    expect(report([...bucket(3, 3), ...broken])).toMatchObject({ verdict: 'accepted', summary: { aggregate: { hit: 3, total: 6 } } });
    expect(report(broken).verdict).toBe('invalid');
  });

  test('that do not have the form of the dataset, or were not paid for, count apart', () => {
    const { outcomes, summary, verdict } = report([
      ...bucket(9, 9),
      failed(1, { outcome: 'malformed' }),
      failed(2, { outcome: 'skipped_budget' }),
    ]);
    expect(outcomes).toEqual({ scored: 9, system_failure: 0, harness_error: 0, skipped_budget: 1, malformed: 1, abstention: 0 });
    expect(summary.aggregate.total).toBe(9);
    expect(verdict).toBe('over_budget');
  });
});

test('a run without the vectors that it asked for is degraded, unless that is allowed', () => {
  const rows = [row(1, true, { search_meta: { degraded: ['no_embedder'] } })];
  const requested = { vector: true, reranker: false };
  expect(report(rows, { requested })).toMatchObject({ verdict: 'degraded', degraded: { no_embedder: 1 } });
  expect(report(rows, { requested, allow_degraded: true }).verdict).toBe('accepted');
  expect(report(rows).verdict).toBe('accepted');
});

test('recall at each depth has numerator, denominator and interval, over the same questions', () => {
  const { recall } = report(bucket(12, 50));
  const at5 = recall.all_types.at.find(({ k }) => k === 5)!;
  expect(at5.all).toMatchObject({ hit: 12, total: 50, rate: 0.24 });
  expect(at5.all.ci95?.[0]).toBeCloseTo(0.142974, 6);
  expect(at5.all.ci95?.[1]).toBeCloseTo(0.374127, 6);
  expect(recall.all_types.at.find(({ k }) => k === 1)!.any.hit).toBe(0);
});

test('files of other programs load: what they state counts, and one that tells "any" alone is not taken for "all"', () => {
  const foreign = { question_id: 'g1', question_type: 'multi-session', hypothesis: 'Twelve.', recall_hit: true };
  expect(report([foreign, { ...foreign, question_id: 'g2', gold_total: 2 }]).summary.aggregate).toMatchObject({
    hit: 2,
    total: 2,
    all_hit: 1,
  });
});

test('keys are sorted, rows of other settings are told, and both documents have the form they must', () => {
  const rows = [
    row(1, true, { question_type: 'b', retrieval_config_hash: 'one', dataset_hash: 'd' }),
    row(2, true, { question_type: 'a', retrieval_config_hash: 'two', dataset_hash: 'd' }),
  ];
  const whole = report(rows);
  expect(Object.keys(whole.summary.recall_by_type)).toEqual(['a', 'b']);
  expect(whole.summary.run_config).toMatchObject({ dataset_hash: 'd', mixed: { retrieval_config_hash: { one: 1, two: 1 } } });
  expect(longMemEvalSummarySchema.safeParse(whole.summary).error?.issues).toBeUndefined();
  expect(longMemEvalReportSchema.safeParse(whole).error?.issues).toBeUndefined();
});
