import { describe, expect, test } from 'vitest';
import { compareCells, comparisonOf } from '../../../support/compare-cells.ts';
import { cellOf, cellOfRows, questionRow } from '../../../support/compared-arms.ts';

const TWO = [0, 1];
const SOUND = cellOf('conservative', 'mrr', TWO);

/** What speaks against comparing a sound arm with another one. */
function refusalOf(...others: Parameters<typeof compareCells>[0]): string {
  const { comparison, refusals } = compareCells([SOUND, ...others]);
  expect(comparison).toBeNull();
  return refusals.map(({ suite, expected, found }) => `${suite}: expected ${expected}, found ${found}`).join('\n');
}

describe('CMP-1: arms over other questions or other data are refused', () => {
  test('with the questions that only some arms have, the first ten of each', () => {
    const ids = Array.from({ length: 12 }, (_, at) => `r${String(at).padStart(2, '0')}`);
    const other = cellOfRows(
      'balanced',
      [...ids.toReversed(), 'q1'].map((id) => questionRow(id, { mrr: 1 })),
    );
    expect(refusalOf(other)).toBe(
      'harbour: expected the same questions in every arm, found 1 that not every arm has in conservative (q2), 12 that not every arm has in balanced (r00, r01, r02, r03, r04, r05, r06, r07, r08, r09 and 2 more)',
    );
  });

  test('with both hashes of the dataset, also where questions may be intersected', () => {
    const other = cellOf('balanced', 'mrr', TWO, { dataset_hash: 'a'.repeat(64) });
    const rows = other.rows.map((row) => ({ ...row, dataset_hash: 'a'.repeat(64) }));
    expect(refusalOf({ ...other, rows })).toBe(
      `harbour: expected one dataset, found ${'d'.repeat(64)} in conservative, ${'a'.repeat(64)} in balanced`,
    );
    expect(compareCells([SOUND, { ...other, rows }], { isIntersected: true }).comparison).toBeNull();
  });

  test('a dataset that only one of them names is another one for all that is known', () => {
    expect(refusalOf(cellOf('balanced', 'mrr', TWO, { dataset_hash: null }))).toContain('unknown in balanced');
  });

  test('questions whose ids alone are the same', () => {
    expect(refusalOf(cellOf('balanced', 'mrr', TWO, { question_set_hash: 'other' }))).toContain('expected one question set');
  });
});

describe('--intersect', () => {
  const other = cellOf('balanced', 'mrr', [0.5, 0.5, 1, 1], { question_set_hash: 'other' });

  test('compares what all arms have and counts what was dropped of each', () => {
    const comparison = comparisonOf([SOUND, other], { isIntersected: true });
    expect(comparison.suites[0]).toMatchObject({ n: 2, dropped: { conservative: 0, balanced: 2 } });
    expect(comparison.comparisons[0]).toMatchObject({ n: 2, mean_a: 0.5, mean_b: 0.5 });
    expect(comparison.notices).toContain('harbour: only the questions that all arms have; left out 2 of balanced');
  });

  test('cannot help arms that share no question', () => {
    const apart = cellOfRows('balanced', [questionRow('elsewhere', { mrr: 1 })], { question_set_hash: 'other' });
    expect(compareCells([SOUND, apart], { isIntersected: true }).comparison).toBeNull();
  });
});

describe('refused is', () => {
  test('a run that its budget ended, and one that says it was completed and was not', () => {
    expect(refusalOf(cellOf('balanced', 'mrr', TWO, { status: 'over_budget' }))).toBe(
      'harbour: expected runs within their budget, found a run that its budget ended in balanced (c0ffee-harbour-balanced-42)',
    );
    const unpaid = cellOfRows('balanced', [questionRow('q1', { mrr: 1 }), questionRow('q2', { mrr: null }, { outcome: 'skipped_budget' })]);
    expect(refusalOf(unpaid)).toContain('found 1 of 2 skipped for the budget in balanced');
  });

  test('a run that failed', () => {
    expect(refusalOf(cellOf('balanced', 'mrr', TWO, { status: 'failed' }))).toContain('found status failed in balanced');
  });

  test('a run in which more than a tenth are errors of the harness, and not one with a tenth', () => {
    const rowsWith = (errors: number) =>
      Array.from({ length: 20 }, (_, at) => questionRow(`q${at}`, { mrr: 1 }, at < errors ? { outcome: 'harness_error' } : {}));
    const cellsWith = (errors: number) => [cellOfRows('conservative', rowsWith(0)), cellOfRows('balanced', rowsWith(errors))];
    expect(compareCells(cellsWith(2)).comparison).not.toBeNull();
    expect(compareCells(cellsWith(3)).refusals[0]!.found).toContain('3 of 20, which makes the run invalid, in balanced');
  });

  test('another config, unless the runs were named', () => {
    const other = cellOf('balanced', 'mrr', TWO, { config_hash: 'config-2' });
    const cells = [SOUND, { ...other, rows: other.rows.map((row) => ({ ...row, config_hash: 'config-2' })) }];
    expect(compareCells(cells).refusals[0]!.found).toBe('config-1 in conservative, config-2 in balanced');
    const named = comparisonOf(cells, { wanted: { runs: ['run-conservative', 'run-balanced'] } });
    expect(named.notices).toContain('harbour: arms differ in config_hash: config-1 in conservative, config-2 in balanced');
  });

  test('a row that was made with another config or dataset than its record says', () => {
    const [first, second] = cellOf('balanced', 'mrr', TWO).rows;
    const mixed = cellOfRows('balanced', [first!, { ...second!, config_hash: 'config-2' }]);
    expect(refusalOf(mixed)).toContain(
      'expected the config_hash of its record, config-1, in every row of balanced, found config-2 on question q2',
    );
  });

  test('one arm alone', () => {
    expect(refusalOf()).toBe('harbour: expected at least two arms, found only conservative');
    expect(compareCells([]).comparison).toBeNull();
  });

  test('a mode that was asked for and is not there, or was skipped', () => {
    const cells = [SOUND, cellOf('balanced', 'mrr', TWO), cellOf('tokenmax', 'mrr', [], { status: 'skipped', error: 'no data' })];
    const { refusals } = compareCells(cells, { wanted: { modes: ['conservative', 'balanced', 'tokenmax'] } });
    expect(refusals[0]).toMatchObject({
      expected: 'a record of each of conservative, balanced, tokenmax',
      found: 'conservative, balanced, nothing of tokenmax (skipped: no data)',
    });
    expect(comparisonOf(cells, { wanted: { modes: ['conservative', 'balanced'] } }).suites).toHaveLength(1);
  });

  test('a run without questions', () => {
    expect(refusalOf(cellOf('balanced', 'mrr', []))).toContain('expected questions, found none in balanced');
  });
});

test('what else differs is told: commit, corpus, models', () => {
  const other = cellOf('balanced', 'mrr', TWO, { commit: 'decade', corpus_hash: null, models: { embedder: 'tides-large' } });
  expect(comparisonOf([SOUND, other]).notices).toEqual(
    expect.arrayContaining([
      'harbour: arms differ in commit: c0ffee in conservative, decade in balanced',
      `harbour: arms differ in corpus_hash: ${'e'.repeat(64)} in conservative, unknown in balanced`,
      'harbour: arms differ in the model of embedder: tides-small in conservative, tides-large in balanced',
    ]),
  );
});
