import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  COMPARISON_METRICS,
  CORRECTNESS_METRICS,
  findEntry,
  gateMetrics,
  GLOSSARY,
  glossaryOf,
  longMemEvalMetrics,
  REPLAY_METRICS,
  SEARCH_STATS_METRICS,
} from '../../../domain/glossary/index.ts';
import { NOT_ASKED } from '../../../domain/gate/index.ts';
import { trecMeasures, usualMeasures } from '../../../domain/measures/index.ts';
import { MEASURE_FAMILIES } from '../../../domain/measures/measure-families.ts';
import { CAPTURED_METRICS } from '../../../domain/suites/captured-row.ts';
import { HEADLINES } from '../../../domain/suites/headline.ts';
import { JUDGED_METRICS } from '../../../domain/suites/judged-row.ts';
import { LONGMEMEVAL_METRICS } from '../../../domain/suites/longmemeval-facts.ts';
import { gateReportSchema } from '../../../schemas/gate-report.ts';
import { replayAbSchema } from '../../../schemas/replay-ab.ts';
import { replaySummarySchema } from '../../../schemas/replay-report.ts';
import { replayStudySchema } from '../../../schemas/replay-study.ts';
import { searchStatsSchema } from '../../../schemas/search-stats.ts';
import { LONGMEMEVAL_OUTCOMES } from '../../../schemas/vocabulary.ts';
import { longMemEvalReport } from '../../support/longmemeval-report.ts';

/** Keys that eval.md names. */
const NAMED = [
  ...['precision@k', 'recall@k', 'recall_all@k', 'recall_any@k', 'mean_fraction@k', 'mrr', 'map', 'ndcg@k', 'hit@1', 'hit@3'],
  ...['avg_rank1_score', 'jaccard@k', 'rbo', 'top1_stability', 'p_value', 'adjusted_p', 'confidence_interval', 'mde', 'kappa', 'alpha'],
  ...['wilson_interval', 'cache_hit_rate', 'avg_results', 'avg_tokens', 'cost_per_query_usd', 'p50_latency_ms', 'p95_latency_ms'],
  ...['p99_latency_ms', 'autocut.signal', 'autocut.gap_ratio', 'source_isolation_violations', 'contradiction_rate'],
];

const unknownOf = (names: Iterable<string>): string[] => glossaryOf(names).unknown;

describe('GLO-1: a lookup', () => {
  test('of a set gives what is known, and lists the rest', () => {
    const found = glossaryOf(['recall@k', 'made_up']);
    expect(Object.keys(found.entries)).toEqual(['recall@k']);
    expect(found.unknown).toEqual(['made_up']);
  });

  test('of nothing gives nothing', () => {
    expect(glossaryOf([])).toEqual({ entries: {}, unknown: [] });
  });

  test.each(['made_up', '', 'recall@', 'recall@k@k', '__proto__', 'constructor', 'toString'])(
    'of the unknown name %j gives null',
    (name) => {
      expect(findEntry(name)).toBeNull();
    },
  );

  test('takes any depth for @k, unless that depth has an entry of its own', () => {
    expect(findEntry('recall@10')).toBe(findEntry('recall@k'));
    expect(findEntry('recall_10')).toBe(findEntry('recall@k'));
    expect(findEntry('P@5')).toBe(findEntry('precision@k'));
    expect(findEntry('hit@3')!.industry_term).toBe('Success at 3');
    expect(findEntry('hit@30')).toBe(findEntry('hit@k'));
  });

  test('tells each name once, in the order in which they come', () => {
    expect(Object.keys(glossaryOf(['mrr', 'rbo', 'mrr', 'map']).entries)).toEqual(['mrr', 'rbo', 'map']);
  });
});

describe('the glossary', () => {
  test('has the four sections and every key that is asked for', () => {
    expect(GLOSSARY.map(({ title }) => title)).toEqual(['Retrieval', 'Set similarity and stability', 'Significance', 'Operational']);
    expect(unknownOf(NAMED)).toEqual([]);
  });

  test('gives no name two meanings', () => {
    const names = GLOSSARY.flatMap(({ terms }) => terms.flatMap(({ name, also }) => [name, ...also]));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    for (const name of names) expect(name).toBe(name.toLowerCase());
  });

  test('says something in each place', () => {
    for (const { terms } of GLOSSARY)
      for (const { entry } of terms) for (const text of Object.values(entry)) expect(text.trim().length).toBeGreaterThan(2);
  });
});

/** The numbers of a document. A hash is text, and no metric. */
function numbersIn(schema: z.ZodObject): string[] {
  const isNumber = (field: z.ZodType): boolean => field.safeParse(1).success && !field.safeParse('a1b2').success;
  return Object.entries(schema.shape).flatMap(([name, field]) => (isNumber(field as z.ZodType) ? [name] : []));
}

describe('every printed metric has an entry', () => {
  test('of measures by judgments, by all their names, ours and those of trec_eval', () => {
    const names = MEASURE_FAMILIES.flatMap(({ name, also, trec, takes, isOptional }) =>
      [name, ...also, ...(trec === null ? [] : [trec])].flatMap((one) => [
        ...(takes === 'nothing' || isOptional ? [one] : []),
        ...(takes === 'nothing' ? [] : [`${one}@7`]),
      ]),
    );
    const printed = [...usualMeasures(5), ...trecMeasures()].flatMap(({ name, trecName }) => [
      name,
      ...(trecName === null ? [] : [trecName]),
    ]);
    expect(unknownOf([...names, ...printed])).toEqual([]);
  });

  test('of replays and gates: every number of their summaries', () => {
    const correctness = gateReportSchema.shape.correctness_gate.shape.summary.unwrap().unwrap();
    expect([...REPLAY_METRICS].sort()).toEqual(numbersIn(replaySummarySchema).sort());
    expect([...CORRECTNESS_METRICS].sort()).toEqual(
      numbersIn(correctness)
        .filter((name) => name !== 'k')
        .sort(),
    );
    const asked = { regression_gate: { ran: true, breaches: [] }, correctness_gate: { ran: true, breaches: [] } };
    expect(gateMetrics(asked)).toEqual([...REPLAY_METRICS, 'latency_ratio', ...CORRECTNESS_METRICS]);
    expect(unknownOf(gateMetrics(asked))).toEqual([]);
    expect(gateMetrics({ regression_gate: NOT_ASKED, correctness_gate: NOT_ASKED })).toEqual([]);
  });

  test('of LongMemEval: recall at each depth, answers, and all six outcomes', () => {
    const accuracy = { all_types: { hit: 1, total: 2, rate: 0.5, ci95: null }, by_type: [] };
    const printed = longMemEvalMetrics(longMemEvalReport({ qa_accuracy: accuracy }));
    expect(printed).toEqual(
      expect.arrayContaining(['recall_all@5', 'recall_any@1', 'mean_fraction@10', 'qa_accuracy', ...LONGMEMEVAL_OUTCOMES]),
    );
    expect(unknownOf(printed)).toEqual([]);
  });

  test('of searches: every number of the statistics', () => {
    const notMetrics = ['schema_version', 'window_days'];
    const numbers = numbersIn(searchStatsSchema).filter((name) => !notMetrics.includes(name));
    expect(unknownOf(SEARCH_STATS_METRICS)).toEqual([]);
    expect(numbers.filter((name) => !(SEARCH_STATS_METRICS as readonly string[]).includes(name))).toEqual([]);
  });

  test('of suites: every metric of their rows and records, and every headline', () => {
    const rows = [...LONGMEMEVAL_METRICS, ...JUDGED_METRICS, ...CAPTURED_METRICS, 'qa_correct', 'tokens', 'cost_per_query_usd'];
    expect(unknownOf([...rows, ...Object.values(HEADLINES)])).toEqual([]);
  });

  test('of comparisons', () => {
    expect(unknownOf(COMPARISON_METRICS)).toEqual([]);
  });

  test('of arms of replays: every measure of an arm and of the pairs, and every count', () => {
    const { arms, paired, same_evidence: again, counts } = replayAbSchema.shape;
    const measures = [arms.shape.with, arms.shape.without, again.shape.without, paired, again.shape.paired, counts].flatMap((part) =>
      Object.keys(part.shape),
    );
    const notMetrics = ['reasons', 'tasks'];
    expect(unknownOf([...measures.filter((name) => !notMetrics.includes(name)), 'left_out'])).toEqual([]);
  });

  test('of studies of replays: every measure of a share, of a task and of the convergence, and every count', () => {
    const { shares, convergence, counts } = replayStudySchema.shape;
    const parts = [shares.element, shares.element.shape.tasks.element, convergence.unwrap(), counts];
    const notMetrics = ['share', 'smallest', 'largest', 'rows', 'sha256', 'tasks', 'id', 'replay_ids'];
    const measures = parts.flatMap((part) => Object.keys(part.shape)).filter((name) => !notMetrics.includes(name));
    expect(measures).toContain('distinct_bundles');
    expect(unknownOf(measures)).toEqual([]);
  });

  test('and a name that nobody explained is found out', () => {
    expect(unknownOf([...REPLAY_METRICS, 'mean_mood'])).toEqual(['mean_mood']);
  });
});
