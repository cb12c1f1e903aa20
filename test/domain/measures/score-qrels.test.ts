import { describe, expect, test } from 'vitest';
import { readGateQrels, scoreQrels, type JudgedQuery } from '../../../domain/measures/index.ts';

const queriesOf = (queries: readonly object[]): readonly JudgedQuery[] =>
  readGateQrels(JSON.stringify({ schema_version: 1, queries }), 'harbour.qrels.json').queries;

const HARBOUR = { query: 'who runs the harbour', relevant_slugs: ['a', 'b'], first_relevant_slug: 'a' };
const key = (slug: string, source = 'default'): string => `${source}::${slug}`;

describe('what the gate compares', () => {
  test('QRL-2: of two relevant pages one has room in the first place, so recall is .5', () => {
    const score = scoreQrels(queriesOf([HARBOUR]), [{ keys: [key('a'), key('b')] }], 1);
    expect(score).toMatchObject({ mean_recall_at_k: 0.5, first_relevant_hit_rate: 1, expected_top1_hit_rate: 1 });
  });

  test('QRL-3: nothing was found, which is no error: 0 / 0 / 0', () => {
    const score = scoreQrels(queriesOf([HARBOUR]), [{ keys: [] }], 10);
    expect(score).toMatchObject({
      mean_recall_at_k: 0,
      first_relevant_hit_rate: 0,
      expected_top1_hit_rate: 0,
      expected_top1_denominator: 1,
      queries_run: 1,
      queries_errored: 0,
    });
  });

  test('QRL-4: the right slug of another source is another page', () => {
    const score = scoreQrels(queriesOf([HARBOUR]), [{ keys: [key('a', 'wiki'), key('b', 'wiki')] }], 10);
    expect(score).toMatchObject({ mean_recall_at_k: 0, first_relevant_hit_rate: 0, expected_top1_hit_rate: 0 });
  });

  test('QRL-6: one of two queries expects a first page', () => {
    const queries = queriesOf([HARBOUR, { query: 'when are apples picked', relevant: [{ slug: 'orchard' }] }]);
    const score = scoreQrels(queries, [{ keys: [key('b'), key('a')] }, { keys: [key('orchard')] }], 10);
    expect(score).toMatchObject({ expected_top1_denominator: 1, expected_top1_hit_rate: 0, first_relevant_hit_rate: 1 });
  });

  test('QRL-7: two passages of one relevant page are one page', () => {
    const queries = queriesOf([{ query: 'who runs the harbour', relevant_slugs: ['a'] }]);
    expect(scoreQrels(queries, [{ keys: [key('a'), key('a')] }], 10).mean_recall_at_k).toBe(1);
    // And leave room for the second page.
    expect(scoreQrels(queriesOf([HARBOUR]), [{ keys: [key('a'), key('a'), key('b')] }], 2).mean_recall_at_k).toBe(1);
  });

  test('a query that errored is out of the means and counts 0 in the strict one', () => {
    const queries = queriesOf([HARBOUR, { query: 'what grinds the grain', relevant_slugs: ['mill'], first_relevant_slug: 'mill' }]);
    const score = scoreQrels(queries, [{ keys: [key('a'), key('b')] }, { error: 'no answer' }], 10);
    expect(score).toMatchObject({
      queries_total: 2,
      queries_run: 1,
      queries_errored: 1,
      mean_recall_at_k: 1,
      mean_recall_at_k_strict: 0.5,
      first_relevant_hit_rate: 1,
      expected_top1_denominator: 1,
    });
    expect(score.per_query[1]).toMatchObject({ query_id: 'entry-1', recall_at_k: null, error: 'no answer' });
  });

  test('nothing ran: null, never NaN and never 0', () => {
    const score = scoreQrels(queriesOf([HARBOUR]), [{ error: 'no answer' }], 10);
    expect(score).toMatchObject({ mean_recall_at_k: null, first_relevant_hit_rate: null, expected_top1_hit_rate: null });
    expect(score.mean_recall_at_k_strict).toBe(0);
  });
});
