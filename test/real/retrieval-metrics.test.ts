import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { meanScores } from '../../domain/bench/retrieval/mean-scores.ts';
import { scoreItem, type ItemScore } from '../../domain/bench/retrieval/score-item.ts';
import { DATA, isPresent } from './real-data.ts';

const FIXTURES = join(DATA, 'metric-fixtures');
const read = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8');
const readLines = <Value>(name: string): Value[] =>
  read(name)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Value);

const splitRows = (text: string): string[][] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));

/** A TREC run ranks by score, a single-precision number, then by document id, both descending. */
function rankDocs(run: string, topic: string): string[] {
  return splitRows(run)
    .filter(([of]) => of === topic)
    .map(([, , doc = '', , points]) => ({ doc, points: Math.fround(Number(points)) }))
    .sort((left, right) => right.points - left.points || (left.doc < right.doc ? 1 : -1))
    .map(({ doc }) => doc);
}

/** The documents that answer a topic: those of this grade or a better one. */
function findGoldens(qrels: string, topic: string, grade = 1): string[] {
  return splitRows(qrels)
    .filter(([of, , , given]) => of === topic && Number(given) >= grade)
    .map(([, , doc = '']) => doc);
}

function score(docs: readonly string[], goldens: readonly string[]): ItemScore {
  return scoreItem(
    docs.map((doc) => ({ id: `result for ${doc}`, source_ids: [doc] })),
    goldens,
  );
}

describe.skipIf(!isPresent)('retrieval metrics against published values', () => {
  test('trec_eval: reciprocal rank, nDCG@10 and success at 1, 5 and 10, by topic and over all', () => {
    const run = read('trec_eval/test/results.test');
    const qrels = read('trec_eval/test/qrels.test');
    const expected = splitRows(read('trec_eval/test/out.test.aq'));
    const published = (measure: string, topic: string): number =>
      Number(expected.find((row) => row[0] === measure && row[1] === topic)?.[2]);
    const topics = ['301', '302', '303'];
    const scores = topics.map((topic) => score(rankDocs(run, topic), findGoldens(qrels, topic)));
    topics.forEach((topic, index) => {
      const item = scores[index]!;
      expect(item.mrr, topic).toBeCloseTo(published('recip_rank', topic), 4);
      expect(item.ndcg_at_10, topic).toBeCloseTo(published('ndcg_cut_10', topic), 4);
      for (const depth of ['1', '5', '10'] as const) expect(item.hit_at_k[depth], topic).toBe(published(`success_${depth}`, topic));
    });
    const means = meanScores(scores);
    expect(means.mrr).toBeCloseTo(published('recip_rank', 'all'), 4);
    expect(means.ndcg_at_10).toBeCloseTo(published('ndcg_cut_10', 'all'), 4);
    expect(means.hit_at_1).toBeCloseTo(published('success_1', 'all'), 4);
  });

  test('ranx: hit rate at 5 and reciprocal rank', () => {
    interface Case {
      metric: string;
      qrels: [number, number][][];
      run_in_rank_order: [number, number][][];
      expected_mean: number;
    }
    const cases = readLines<Case>('ranx/expected_values.jsonl').filter(({ metric }) => metric === 'hit_rate@5' || metric === 'mrr@5');
    expect(cases).toHaveLength(4);
    for (const { metric, qrels, run_in_rank_order, expected_mean } of cases) {
      const means = meanScores(
        qrels.map((query, index) =>
          score(
            (run_in_rank_order[index] ?? []).map(([doc]) => String(doc)),
            query.map(([doc]) => String(doc)),
          ),
        ),
      );
      expect(metric === 'mrr@5' ? means.mrr : means.hit_at_5).toBe(expected_mean);
    }
  });

  test('ir_measures: success at 2 says where the first relevant result is, for every grade that counts as relevant', () => {
    interface Case {
      measure: string;
      qrels: string;
      run: string;
      per_query: { query_id: string; value: number }[];
    }
    const cases = readLines<Case>('ir_measures/expected_values.jsonl').filter(({ measure }) => measure.startsWith('Success'));
    expect(cases).toHaveLength(3);
    for (const { measure, qrels, run, per_query } of cases) {
      const grade = Number(/rel=(\d)/.exec(measure)?.[1] ?? 1);
      for (const { query_id, value } of per_query) {
        const goldens = findGoldens(qrels, query_id, grade);
        const rank = goldens.length === 0 ? null : score(rankDocs(run, query_id), goldens).rank;
        expect(rank !== null && rank <= 2 ? 1 : 0, `${measure}, query ${query_id}`).toBe(value);
      }
    }
  });
});
