import { describe, expect, test } from 'vitest';
import { makeTrend, measureRecord, pickTrendRecords } from '../../../../domain/comparison/index.ts';
import type { QuestionRows } from '../../../../domain/shared/question-rows.ts';
import type { EvalReadRecord } from '../../../../schemas/eval-record.ts';
import { evalTrendSchema } from '../../../../schemas/eval-trend.ts';
import { evalRecord, questionRow } from '../../../support/compared-arms.ts';

const CHANCE = { seed: 42, resamples: 200 };
const FACTS = { ...CHANCE, days: null, notices: [], malformedLines: 0, lauterVersion: '0.1.0', command: 'lauter eval trend' };
const DAY_MS = 86_400_000;

/** A record of day so and so of March. */
function onDay(day: number, changes: Partial<EvalReadRecord> = {}): EvalReadRecord {
  const ran_at = `2026-03-${String(day).padStart(2, '0')}T08:00:00.000Z`;
  return { ...evalRecord({ suite: 'longmemeval', headline: 'recall_all@5', run_uid: `run-${day}`, ran_at }), ...changes };
}

function rowsOf(metric: string, values: readonly (number | null)[]): () => Promise<QuestionRows> {
  return async () => ({ ok: true, questions: values.map((value, at) => questionRow(`q${at}`, { [metric]: value })), superseded: 0 });
}

const lost = async (): Promise<QuestionRows> => ({ ok: false, expected: 'a file with its rows', found: 'none', remedy: 'Run it again.' });

async function trendOf(...records: EvalReadRecord[]) {
  const rows = rowsOf('recall_all@5', [1, 1, 0, 1]);
  const measured = [];
  for (const record of records) measured.push(await measureRecord(record, rows, CHANCE));
  return makeTrend(measured, FACTS);
}

describe('a record', () => {
  test('has the mean of its rows with its interval: 12 of 50 by Wilson', async () => {
    const values = Array.from({ length: 50 }, (_, at) => (at < 12 ? 1 : 0));
    const found = await measureRecord(onDay(1, { metrics: { 'recall_all@5': 0.24 } }), rowsOf('recall_all@5', values), CHANCE);
    expect(found).toMatchObject({ value: 0.24, n: 50, method: 'wilson', source: 'rows', note: null });
    expect(found.ci95![0]).toBeCloseTo(0.142974, 6);
    expect(found.ci95![1]).toBeCloseTo(0.374127, 6);
  });

  test('that is not a share of yes and no has the interval of the bootstrap', async () => {
    const found = await measureRecord(onDay(1, { headline: 'ndcg@10' }), rowsOf('ndcg@10', [0.2, 0.4, 0.9]), CHANCE);
    expect(found).toMatchObject({ metric: 'ndcg@10', n: 3, method: 'bootstrap' });
    expect(found.value).toBeCloseTo(0.5, 12);
    expect(found.ci95![0]).toBeGreaterThanOrEqual(0.2);
    expect(found.ci95![1]).toBeLessThanOrEqual(0.9);
  });

  test('without its rows has the mean that it tells, no interval, and the reason', async () => {
    const found = await measureRecord(onDay(1, { metrics: { 'recall_all@5': 0.8 } }), lost, CHANCE);
    expect(found).toMatchObject({ value: 0.8, n: null, ci95: null, method: null, source: 'record' });
    expect(found.note).toBe('no interval: expected a file with its rows, found none');
  });

  test('of others tells its metrics below params', async () => {
    const { metrics: _none, headline: _headline, ...foreign } = onDay(1);
    const found = await measureRecord({ ...foreign, params: { metrics: { 'recall_all@5': 0.7 } } }, lost, CHANCE);
    expect(found).toMatchObject({ metric: 'recall_all@5', value: 0.7, source: 'record' });
  });

  test('that tells another mean than its rows is told on', async () => {
    const found = await measureRecord(onDay(1, { metrics: { 'recall_all@5': 0.99 } }), rowsOf('recall_all@5', [1, 0]), CHANCE);
    expect(found).toMatchObject({ value: 0.5, note: 'the record says 0.99' });
  });

  test.each(['failed', 'skipped', 'over_budget'] as const)('that %s has no value, and its rows are not looked at', async (status) => {
    const never = (): never => {
      throw new Error('nobody asked for the rows');
    };
    const found = await measureRecord(onDay(1, { status, metrics: { 'recall_all@5': 0.8 } }), never, CHANCE);
    expect(found).toMatchObject({ value: null, source: null, note: `${status}: does not count` });
  });

  test('is followed in the metric that was asked for', async () => {
    const found = await measureRecord(onDay(1), rowsOf('mrr', [1, 0.5]), { ...CHANCE, metric: 'mrr' });
    expect(found).toMatchObject({ metric: 'mrr', value: 0.75, source: 'rows' });
    expect(await measureRecord(onDay(1), rowsOf('mrr', [1]), { ...CHANCE, metric: 'map' })).toMatchObject({ value: null, source: null });
  });
});

describe('from record to record', () => {
  test('is told what changed, and nothing that did not', async () => {
    const trend = await trendOf(
      onDay(1),
      onDay(2),
      onDay(3, { knob_hash: 'other', commit: 'beef' }),
      onDay(4, { knob_hash: 'other', commit: 'beef', corpus_hash: 'x' }),
    );
    expect(trend.series[0]!.points.map(({ changed }) => changed)).toEqual([[], [], ['knobs', 'commit'], ['corpus']]);
    expect(evalTrendSchema.parse(trend)).toEqual(trend);
  });

  test('no line leads to other data or questions, nor where nobody knows', async () => {
    const { points } = (
      await trendOf(
        onDay(1),
        onDay(2),
        onDay(3, { dataset_hash: 'other' }),
        onDay(4, { dataset_hash: 'other', question_set_hash: 'fewer' }),
        onDay(5, { dataset_hash: null, question_set_hash: 'fewer' }),
        onDay(6, { dataset_hash: null, question_set_hash: 'fewer' }),
      )
    ).series[0]!;
    expect(points.map(({ starts_anew }) => starts_anew)).toEqual([true, false, true, true, true, true]);
    expect(points.map(({ changed }) => changed)).toEqual([[], [], ['dataset'], ['questions'], [], []]);
  });

  test('one that did not count is passed over', async () => {
    const { points } = (await trendOf(onDay(1), onDay(2, { status: 'failed', knob_hash: 'broken' }), onDay(3))).series[0]!;
    expect(points.map(({ changed }) => changed)).toEqual([[], ['knobs'], []]);
    expect(points[2]!.starts_anew).toBe(false);
  });

  test('suites, modes and headlines are series of their own, modes from the cheapest on', async () => {
    const trend = await trendOf(
      onDay(1, { mode: 'tokenmax' }),
      onDay(2, { mode: 'conservative' }),
      onDay(3, { mode: 'tokenmax', headline: 'mrr' }),
      onDay(4, { suite: 'brainbench', mode: 'tokenmax' }),
    );
    expect(trend.series.map(({ suite, mode, metric }) => [suite, mode, metric])).toEqual([
      ['brainbench', 'tokenmax', 'recall_all@5'],
      ['longmemeval', 'conservative', 'recall_all@5'],
      ['longmemeval', 'tokenmax', 'mrr'],
      ['longmemeval', 'tokenmax', 'recall_all@5'],
    ]);
  });

  test('the footer names every commit and dataset, and is not reproducible without one of them', async () => {
    const { _meta } = await trendOf(onDay(1), onDay(2, { commit: 'beef' }));
    expect(_meta.footer).toMatchObject({ commit: 'c0ffee, beef', seed: 42, is_reproducible: true, run_ids: ['run-1', 'run-2'] });
    expect((await trendOf(onDay(1), onDay(2, { commit: 'unknown' })))._meta.footer).toMatchObject({ commit: null, is_reproducible: false });
  });
});

describe('of a ledger', () => {
  const records = [onDay(9, { mode: 'balanced' }), onDay(3, { mode: 'tokenmax' }), onDay(5, { suite: 'replay', mode: 'balanced' })];
  const nowMs = Date.parse('2026-03-10T08:00:00.000Z');

  test('records come oldest first, of the suite, mode and days that were asked for', () => {
    const days = (wanted: object) => pickTrendRecords(records, { nowMs, ...wanted }).map(({ ran_at }) => ran_at.slice(8, 10));
    expect(days({})).toEqual(['03', '05', '09']);
    expect(days({ suite: 'replay' })).toEqual(['05']);
    expect(days({ mode: 'balanced' })).toEqual(['05', '09']);
    expect(days({ days: 5 })).toEqual(['05', '09']);
    expect(days({ days: 4 })).toEqual(['09']);
    expect(days({ nowMs: nowMs + 100 * DAY_MS, days: 5 })).toEqual([]);
  });

  test('a suite or mode that it does not know is refused, with those it has', () => {
    expect(() => pickTrendRecords(records, { nowMs, suite: 'tides' })).toThrow(/--suite tides: expected a suite of the ledger/);
    expect(() => pickTrendRecords(records, { nowMs, suite: 'replay', mode: 'tokenmax' })).toThrow(
      expect.objectContaining({ remedy: 'Name one of balanced.' }),
    );
  });
});
