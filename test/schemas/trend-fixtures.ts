import { fixtureOf, type SchemaFixture } from './fixture.ts';
import { TREND, TREND_POINT } from './trend-fixtures-data.ts';

/** What records came to, one after the other. */
export const TREND_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  trendPointSchema: fixtureOf(
    TREND_POINT,
    {
      'half a question': { n: 0.5 },
      'an interval with one end': { ci95: [0.7] },
      'a change nobody knows': { changed: ['tide'] },
      'a source nobody knows': { source: 'memory' },
    },
    { accepts: [{ value: null, n: null, ci95: null, method: null, source: null, note: 'failed: does not count' }] },
  ),
  evalTrendSchema: fixtureOf(
    TREND,
    { 'another version': { schema_version: 2 }, 'a series without records': { series: [{ ...TREND.series[0], points: [] }] } },
    { accepts: [{ days: null, series: [] }] },
  ),
};
