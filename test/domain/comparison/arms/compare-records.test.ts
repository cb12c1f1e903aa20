import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../../../domain/shared/canonical-json.ts';
import type { JsonObject } from '../../../../domain/shared/json.ts';
import { evalComparisonSchema } from '../../../../schemas/eval-comparison.ts';
import { fc } from '../../../support/fast-check.ts';
import { compareCells, comparisonOf } from '../../../support/compare-cells.ts';
import { cellOf, cellOfRows, questionRow } from '../../../support/compared-arms.ts';

/** Twenty questions; the second arm gains five and loses none. */
const SHY = Array.from({ length: 20 }, (_, at) => Number(at < 5));
const BOLD = Array.from({ length: 20 }, (_, at) => Number(at < 10));

describe('CMP-2: not significant, verbatim', () => {
  test('where the interval leaves out 0 and the p is above the level', () => {
    const [row] = comparisonOf([cellOf('conservative', 'hit@1', SHY), cellOf('balanced', 'hit@1', BOLD)]).comparisons;
    expect(row).toMatchObject({ delta: 0.25, test: 'mcnemar_exact', discordant: { b: 5, c: 0 }, m: 1, significant: false });
    // 2 / 2^5: all five questions that changed changed for the better.
    expect(row!.p_raw).toBeCloseTo(0.0625, 12);
    expect(row!.ci95![0]).toBeGreaterThan(0);
    expect(row!.text).toContain('not significant');
  });

  test('where the interval contains 0', () => {
    const [row] = comparisonOf([cellOf('conservative', 'mrr', [0, 1, 0, 1]), cellOf('balanced', 'mrr', [1, 0, 0, 1])]).comparisons;
    expect(row!.ci95![0]).toBeLessThanOrEqual(0);
    expect(row!.text).toContain('not significant');
  });

  test('and significant where both speak for it', () => {
    const [row] = comparisonOf([
      cellOf(
        'conservative',
        'hit@1',
        BOLD.map(() => 0),
      ),
      cellOf('balanced', 'hit@1', BOLD),
    ]).comparisons;
    expect(row!.p_raw).toBeCloseTo(2 / 2 ** 10, 12);
    expect(row!.significant).toBe(true);
    expect(row!.text).not.toContain('not significant');
  });
});

describe('CMP-3: numbers do not depend on order', () => {
  const cells = ['conservative', 'balanced', 'tokenmax'].map((mode, at) =>
    cellOfRows(
      mode,
      Array.from({ length: 12 }, (_, place) =>
        questionRow(`q${place}`, {
          'ndcg@10': ((place * 7 + at * 5) % 11) / 10,
          'hit@1': (place + at) % 2,
          mrr: 1 / (1 + ((place + at) % 3)),
        }),
      ),
    ),
  );

  test('twice with the same seed', () => {
    expect(comparisonOf(cells)).toEqual(comparisonOf(cells));
  });

  test('records and rows in any order', () => {
    const usual = canonicalJson(comparisonOf(cells) as unknown as JsonObject);
    const shuffled = fc.tuple(
      fc.shuffledSubarray(cells, { minLength: 3 }),
      fc.shuffledSubarray([...cells[0]!.rows.keys()], { minLength: 12 }),
    );
    fc.assert(
      fc.property(shuffled, ([records, places]) => {
        const mixed = records.map(({ record, rows }) => ({ record, rows: places.map((place) => rows[place]!) }));
        expect(canonicalJson(comparisonOf(mixed) as unknown as JsonObject)).toBe(usual);
      }),
      { numRuns: 8 },
    );
  });

  test('another metric in the family changes the corrections alone', () => {
    const [alone] = comparisonOf(cells, { metrics: ['mrr'] }).comparisons;
    const among = comparisonOf(cells, { metrics: ['hit@1', 'mrr'] }).comparisons.find(({ metric }) => metric === 'mrr');
    expect(among).toMatchObject({ delta: alone!.delta, ci95: alone!.ci95, p_raw: alone!.p_raw });
    expect([alone!.m, among!.m]).toEqual([3, 6]);
  });
});

test('CMP-4: no difference at all has the interval [0, 0] and p 1', () => {
  const [row] = comparisonOf([cellOf('conservative', 'mrr', [0.5, 1, 0]), cellOf('balanced', 'mrr', [0.5, 1, 0])]).comparisons;
  expect(row).toMatchObject({ delta: 0, ci95: [0, 0], p_raw: 1, p_bonferroni: 1, p_holm: 1, significant: false });
  expect(row!.text).toContain('not significant');
});

describe('what is compared', () => {
  test('three arms in four metrics are one family of twelve, and the floor of the bootstrap follows from it', () => {
    const metrics = { 'recall_all@5': 1, 'recall_any@1': 1, 'recall@10': 0.5, 'ndcg@10': 0.5 };
    const cells = ['tokenmax', 'conservative', 'balanced'].map((mode) =>
      cellOfRows(mode, [questionRow('q1', metrics), questionRow('q2', metrics)], { suite: 'longmemeval', headline: 'recall_all@5' }),
    );
    const comparison = comparisonOf(cells);
    expect(comparison.suites[0]).toMatchObject({ arms: ['conservative', 'balanced', 'tokenmax'], metrics: Object.keys(metrics) });
    expect(comparison.comparisons).toHaveLength(12);
    expect(new Set(comparison.comparisons.map(({ m }) => m))).toEqual(new Set([12]));
    expect(comparison.comparisons.map(({ arm_a, arm_b }) => `${arm_b}-${arm_a}`).slice(0, 3)).toEqual([
      'balanced-conservative',
      'tokenmax-conservative',
      'tokenmax-balanced',
    ]);
    expect(comparison.smallest_p).toBeCloseTo(12 / 501, 12);
    expect(evalComparisonSchema.parse(JSON.parse(JSON.stringify(comparison)))).toBeDefined();
  });

  test('the newest record of a mode counts, whatever its place in the ledger', () => {
    const cells = [
      cellOf('balanced', 'mrr', [1, 1], { run_uid: 'new', ran_at: '2026-11-22T10:00:00Z' }),
      cellOf('balanced', 'mrr', [0, 0], { run_uid: 'old', ran_at: '2026-11-22T09:59:59Z' }),
      cellOf('conservative', 'mrr', [0, 1]),
    ];
    expect(comparisonOf(cells).comparisons[0]).toMatchObject({ mean_a: 0.5, mean_b: 1 });
  });

  test('two runs of one mode are two arms, the older first, named by their runs', () => {
    const cells = [
      cellOf('balanced', 'mrr', [1, 1], { run_uid: 'harbour-b2', ran_at: '2026-11-22T10:00:00Z', config_hash: 'config-2' }),
      cellOf('balanced', 'mrr', [0, 1], { run_uid: 'harbour-a1', ran_at: '2026-11-22T09:00:00Z' }),
    ];
    const comparison = comparisonOf(
      cells.map(({ record, rows }) => ({ record, rows: rows.map((row) => ({ ...row, config_hash: record.config_hash })) })),
      { wanted: { runs: ['harbour-b2', 'harbour-a1'] } },
    );
    expect(comparison.comparisons[0]).toMatchObject({ arm_a: 'balanced harbour-a', arm_b: 'balanced harbour-b', delta: 0.5 });
    expect(comparison.notices.join()).toContain(
      'arms differ in config_hash: config-1 in balanced harbour-a, config-2 in balanced harbour-b',
    );
  });

  test('a run id of two records means the newest, and says so', () => {
    const cells = [
      cellOf('balanced', 'mrr', [0, 0], { run_id: 'again', run_uid: 'one', ran_at: '2026-11-22T09:00:00Z' }),
      cellOf('balanced', 'mrr', [1, 1], { run_id: 'again', run_uid: 'two', ran_at: '2026-11-22T10:00:00Z' }),
      cellOf('tokenmax', 'mrr', [1, 0], { run_uid: 'three' }),
    ];
    const comparison = comparisonOf(cells, { wanted: { runs: ['again', 'three'] } });
    expect(comparison.comparisons[0]).toMatchObject({ mean_a: 1, mean_b: 0.5 });
    expect(comparison.notices[0]).toBe('again names 2 records; the newest counts, two of 2026-11-22T10:00:00Z');
  });

  test('a suite that was run in one mode alone is told of, not compared, beside one that is', () => {
    const cells = [
      cellOf('conservative', 'mrr', [0, 1]),
      cellOf('balanced', 'mrr', [1, 1]),
      cellOf('balanced', 'mrr', [1, 1], { suite: 'orchard', run_uid: 'lonely' }),
    ];
    const comparison = comparisonOf(cells);
    expect(comparison.suites.map(({ suite }) => suite)).toEqual(['harbour']);
    expect(comparison.notices).toContain('orchard is not compared: it has only balanced, and two are needed');
  });

  test('a mode that was skipped is missing, with its reason, and null among the cells', () => {
    const cells = [
      cellOf('conservative', 'mrr', [0, 1]),
      cellOf('balanced', 'mrr', [1, 1]),
      cellOf('tokenmax', 'mrr', [], { status: 'skipped', error: 'no data' }),
    ];
    const comparison = comparisonOf(cells);
    expect(comparison.grouped.harbour!.tokenmax).toBeNull();
    expect(comparison.notices).toContain('harbour has nothing of tokenmax: skipped: no data');
  });

  test('records without a mode stand apart', () => {
    const cells = [cellOf('conservative', 'mrr', [0, 1]), cellOf('balanced', 'mrr', [1, 1]), cellOf('n/a', 'mrr', [1, 1])];
    expect(comparisonOf(cells).without_mode.map(({ mode }) => mode)).toEqual(['n/a']);
  });

  test('margins say whether the second arm is no worse', () => {
    const cells = [cellOf('conservative', 'mrr', [0.5, 0.5, 1]), cellOf('balanced', 'mrr', [0.5, 0.5, 1])];
    expect(comparisonOf(cells, { margin: 0.01 }).comparisons[0]).toMatchObject({ non_inferior: true });
  });

  test('a field of the rows draws questions together', () => {
    const rows = ['tides', 'tides', 'ships', 'ships'].map((topic, at) => ({ ...questionRow(`q${at}`, { mrr: at % 2 }), topic }));
    const cells = [cellOfRows('conservative', rows), cellOfRows('balanced', rows)];
    expect(comparisonOf(cells, { clusterBy: 'topic' }).comparisons[0]!.clusters).toBe(2);
    expect(() => compareCells(cells, { clusterBy: 'weather' })).toThrow(/--cluster-by weather/);
  });
});

describe('what counts', () => {
  test('failures are misses, also where their row says nothing, and every outcome is counted', () => {
    const rows = [
      questionRow('q1', { mrr: 1 }),
      questionRow('q2', {}, { outcome: 'system_failure' }),
      ...Array.from({ length: 18 }, (_, at) => questionRow(`r${at}`, { mrr: 1 })),
      questionRow('q3', { mrr: null }, { outcome: 'harness_error' }),
    ];
    const comparison = comparisonOf([cellOfRows('conservative', rows), cellOfRows('balanced', rows)]);
    expect(comparison.comparisons[0]).toMatchObject({ n: 21, mean_a: 19 / 21 });
    expect(comparison.suites[0]!.outcomes.balanced).toEqual({
      scored: 19,
      system_failure: 1,
      harness_error: 1,
      skipped_budget: 0,
      malformed: 0,
      abstention: 0,
    });
    expect(comparison._meta.footer.errored).toBe(4);
  });

  test('a question that one arm has no value of leaves the pairs of that metric, and is counted', () => {
    const comparison = comparisonOf([cellOf('conservative', 'mrr', [0, 1, null]), cellOf('balanced', 'mrr', [1, null, 1])]);
    expect(comparison.comparisons[0]).toMatchObject({ n: 1, significant: false });
    expect(comparison.comparisons[0]!.text).toContain('not testable');
    expect(comparison.notices).toContain('harbour: 2 of 3 questions do not count in mrr and are left out');
  });

  test('an abstention question that failed is no miss of retrieval', () => {
    const rows = [questionRow('q1', { mrr: 1 }), questionRow('q2', { mrr: 1 }), questionRow('q3_abs', {}, { outcome: 'system_failure' })];
    expect(comparisonOf([cellOfRows('conservative', rows), cellOfRows('balanced', rows)]).comparisons[0]!.n).toBe(2);
  });

  test('means have Wilson intervals for yes and no, the bootstrap elsewhere', () => {
    const rows = Array.from({ length: 20 }, (_, at) => questionRow(`q${at}`, { 'hit@1': 0, mrr: at / 20 }));
    const [suite] = comparisonOf([cellOfRows('conservative', rows), cellOfRows('balanced', rows)], { metrics: ['hit@1', 'mrr'] }).suites;
    const [hit, , mrr] = suite!.arm_metrics;
    expect(hit).toMatchObject({ arm: 'conservative', method: 'wilson', n: 20 });
    // 0 of 20 is worked out in the specification: upper end .161125.
    expect(hit!.ci95![0]).toBe(0);
    expect(hit!.ci95![1]).toBeCloseTo(0.161125, 6);
    expect(mrr).toMatchObject({ metric: 'mrr', method: 'bootstrap' });
    expect(mrr!.mean).toBeCloseTo(0.475, 12);
  });

  test('means by type, and costs as far as they are known', () => {
    const rows = [
      questionRow('q1', { mrr: 1 }, { question_type: 'tides', cost_usd: 0.02 }),
      questionRow('q2', { mrr: 0 }, { question_type: 'tides', cost_usd: null }),
      questionRow('q3', { mrr: 0.5 }, { question_type: 'ships', cost_usd: 0.04 }),
    ];
    const free = rows.map((row) => ({ ...row, cost_usd: null }));
    const [suite] = comparisonOf([cellOfRows('conservative', rows), cellOfRows('balanced', free, { estimated_usd: 0.3 })]).suites;
    expect(suite!.by_type).toContainEqual({ type: 'tides', arm: 'balanced', metric: 'mrr', n: 2, mean: 0.5 });
    expect(suite!.cost).toEqual([
      { arm: 'conservative', per_query_usd: 0.03, is_estimate: false },
      { arm: 'balanced', per_query_usd: 0.3 / 3, is_estimate: true },
    ]);
  });

  test('questions that share a conversation are told of where they are drawn one by one', () => {
    const rows = ['log-1', 'log-1', 'log-2'].map((log, at) => questionRow(`q${at}`, { mrr: 1 }, { clusters: [log] }));
    const cells = [cellOfRows('conservative', rows), cellOfRows('balanced', rows)];
    expect(comparisonOf(cells).notices.join()).toContain('2 questions share a conversation');
    const clustered = comparisonOf(cells, { clusterBy: 'conversation' });
    expect(clustered.comparisons[0]!.clusters).toBe(2);
    expect(clustered.notices.join()).toContain('only 2 clusters');
  });
});

describe('the footer', () => {
  test('says what all records say', () => {
    const { footer } = comparisonOf([cellOf('conservative', 'mrr', [0, 1]), cellOf('balanced', 'mrr', [1, 1])])._meta;
    expect(footer).toMatchObject({
      commit: 'c0ffee',
      seed: 42,
      resamples: 500,
      datasets: [{ suite: 'harbour', name: 'harbour.qrels.json', sha256: 'd'.repeat(64) }],
      run_ids: ['run-conservative', 'run-balanced'],
      started_at: '2026-11-22T08:00:00.000Z',
      cost: { estimated_usd: 0, settled_usd: 0 },
      is_reproducible: true,
    });
  });

  test.each([
    ['commit', { commit: 'unknown' }],
    ['dataset', { dataset_hash: null }],
  ])('is not reproducible without a %s', (_what, changes) => {
    const cells = ['conservative', 'balanced'].map((mode) =>
      cellOfRows(mode, [questionRow('q1', { mrr: 1 }), questionRow('q2', { mrr: 1 })], changes),
    );
    expect(comparisonOf(cells)._meta.footer.is_reproducible).toBe(false);
  });
});

test('a metric that no question has is named, with those there are', () => {
  const cells = [cellOf('conservative', 'mrr', [0, 1]), cellOf('balanced', 'mrr', [1, 1])];
  expect(() => compareCells(cells, { metrics: ['mrr', 'luck@3'] })).toThrow(/--metrics luck@3/);
  expect(() => compareCells(cells, { wanted: { runs: ['run-nowhere'] } })).toThrow(/--runs run-nowhere/);
  expect(() => compareCells(cells, { wanted: { suite: 'lighthouse' } })).toThrow(/--suite lighthouse/);
});
