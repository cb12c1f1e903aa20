import { fixtureOf, type SchemaFixture } from './fixture.ts';

const COMPARISON = {
  suite: 'stats',
  metric: 'difference',
  arm_a: 'a',
  arm_b: 'b',
  n: 4,
  mean_a: 0.5,
  mean_b: 0.75,
  delta: 0.25,
  ci95: [-0.25, 0.75],
  p_raw: 0.6,
  p_bonferroni: 0.6,
  p_holm: 0.6,
  m: 1,
  test: 'paired_bootstrap',
  mde: 0.7,
  significant: false,
  text: 'not significant: b minus a +0.2500',
};

/** What `lauter stats …` prints. */
export const STATISTICS_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  mcnemarReportSchema: fixtureOf(
    { schema_version: 1, b: 21, c: 30, n: 51, p: 0.262438 },
    { 'a p of 0': { p: 0 }, 'a p above 1': { p: 1.1 }, 'a negative count': { b: -1 }, 'half a count': { c: 0.5 } },
  ),
  wilsonReportSchema: fixtureOf(
    { schema_version: 1, k: 9, n: 10, point: 0.9, lower: 0.6, upper: 0.98, note: 'small sample' },
    { 'a proportion above 1': { point: 1.1 }, 'a lower end below 0': { lower: -0.1 }, 'another version': { schema_version: 2 } },
    { optional: ['note'] },
  ),
  bootstrapReportSchema: fixtureOf(
    {
      schema_version: 1,
      n: 4,
      mean: 0.25,
      lower: -0.25,
      upper: 0.75,
      p: 0.6,
      smallest_p: 0.0001,
      seed: 42,
      resamples: 10_000,
      alpha: 0.05,
      margin: 0.02,
      stream: '42|stats|difference|a|b',
      comparison: COMPARISON,
    },
    { 'a p of 0': { p: 0 }, 'an alpha of 1': { alpha: 1 }, 'a negative margin': { margin: -0.1 }, 'no comparison': { comparison: {} } },
    { accepts: [{ mean: null, lower: null, upper: null, p: null, margin: null }] },
  ),
  detectableReportSchema: fixtureOf(
    { schema_version: 1, mde: 0.07, sd: 0.4, n: 500, comparisons: 12, alpha: 0.05, power: 0.8 },
    { 'another power': { power: 0.9 }, 'a family of none': { comparisons: 0 }, 'a negative spread': { sd: -1 } },
    { accepts: [{ mde: null, sd: null, n: 1 }] },
  ),
  overlapReportSchema: fixtureOf(
    { schema_version: 1, rbo: 0.63, jaccard: 0.5, p: 0.9, n_a: 3, n_b: 3 },
    { 'a persistence of 1': { p: 1 }, 'an overlap above 1': { rbo: 1.01 }, 'half a key': { n_a: 2.5 } },
  ),
};
