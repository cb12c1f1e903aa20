import type { MeasuredArm, MeasuredQuery, MeasureInterval } from '../../schemas/qrels-report.ts';
import { LONGMEMEVAL_OUTCOMES, type Degradation } from '../../schemas/vocabulary.ts';
import { percentile } from '../stats/percentile.ts';
import { estimateMeasures, type Chance } from './estimate-measures.ts';
import { evaluateRankings, type Evaluation, type EvaluationRules } from './evaluate.ts';
import type { Measure } from './measure-family.ts';
import type { Qrels } from './qrels/qrels.ts';
import type { RankedDocs } from './trec/ranked-docs.ts';

/** What was found for a query, best first. */
export interface FoundHits {
  readonly id: string;
  readonly outcome: MeasuredQuery['outcome'];
  readonly hits: readonly { readonly key: string; readonly score: number }[];
  /** The same where a ranking is there already: millions of hits need not be made for it. */
  readonly docs?: RankedDocs;
  readonly degraded: readonly Degradation[];
  readonly latencyMs: number | null;
  readonly error: string | null;
}

/** Hashes and settings of one side, as far as they are known. */
export type ArmFacts = Pick<MeasuredArm, 'name' | 'knob_hash' | 'corpus_hash' | 'generation' | 'mode' | 'knobs'>;

/** A measure under the name that it was asked for by. */
export interface NamedMeasure {
  readonly label: string;
  readonly measure: Measure;
}

/** One side, measured. */
export interface ArmResult {
  readonly evaluation: Evaluation;
  readonly arm: MeasuredArm;
  readonly queries: readonly MeasuredQuery[];
}

/**
 * Measures what one side found. A query that nothing was found for is a system failure and counts as a miss; queries without judgments play no part in
 * counts. `found` of a live search holds every query that was asked, that of a file only those that stand in it.
 */
export function measureArm(
  qrels: Qrels,
  found: readonly FoundHits[],
  asked: readonly NamedMeasure[],
  rules: EvaluationRules,
  { facts, chance }: { readonly facts: ArmFacts; readonly chance: Chance },
): ArmResult {
  const rankings = new Map(found.map((given) => [given.id, given.docs ?? given.hits.map(({ key }) => key)]));
  const measures = asked.map(({ measure }) => measure);
  const evaluation = evaluateRankings(qrels, rankings, measures, rules);
  const intervals = estimateMeasures(evaluation, chance);
  const queries = tellQueries(qrels, found, asked, evaluation, rules.isComplete);
  const byLabel = <Value>(values: readonly (Value | null)[]): Record<string, Value | null> =>
    Object.fromEntries(asked.map(({ label }, at) => [label, values[at] ?? null]));
  const latencies = found.flatMap(({ latencyMs }) => latencyMs ?? []);
  return {
    evaluation,
    queries,
    arm: {
      ...facts,
      metrics: byLabel(evaluation.values),
      intervals: byLabel<MeasureInterval>(intervals),
      outcomes: countOutcomes(queries),
      degraded: countDegraded(found),
      latency_ms: { p50: percentile(latencies, 50), p95: percentile(latencies, 95), p99: percentile(latencies, 99) },
    },
  };
}

function tellQueries(
  qrels: Qrels,
  found: readonly FoundHits[],
  asked: readonly NamedMeasure[],
  evaluation: Evaluation,
  isComplete: boolean,
): MeasuredQuery[] {
  const hitsOf = new Map(found.map((given) => [given.id, given]));
  const valuesOf = new Map(evaluation.perQuery.map(({ id, values }) => [id, values]));
  const judged = isComplete ? qrels.queries : qrels.queries.filter(({ id }) => hitsOf.has(id));
  return judged.map(({ id, query }) => {
    const given = hitsOf.get(id) ?? NOT_FOUND;
    const { outcome, degraded, latencyMs, error } = given;
    const values = valuesOf.get(id);
    return {
      query_id: id,
      query,
      outcome,
      is_counted: values !== undefined,
      metrics: values === undefined ? {} : Object.fromEntries(asked.map(({ label }, at) => [label, values[at] ?? null])),
      get retrieved() {
        return distinct(given.hits);
      },
      degraded: [...degraded],
      latency_ms: latencyMs,
      error,
    };
  });
}

const NOT_FOUND: Omit<FoundHits, 'id'> = {
  outcome: 'system_failure',
  hits: [],
  degraded: [],
  latencyMs: null,
  error: 'the run has no line for the query',
};

/** Each page at its first place. */
function distinct(hits: FoundHits['hits']): { key: string; score: number }[] {
  const seen = new Set<string>();
  return hits.filter(({ key }) => !seen.has(key) && seen.add(key)).map(({ key, score }) => ({ key, score }));
}

/** All six counts, also those of nothing. */
function countOutcomes(queries: readonly MeasuredQuery[]): MeasuredArm['outcomes'] {
  const counts = Object.fromEntries(LONGMEMEVAL_OUTCOMES.map((outcome) => [outcome, 0])) as MeasuredArm['outcomes'];
  for (const { outcome } of queries) counts[outcome] += 1;
  return counts;
}

function countDegraded(found: readonly FoundHits[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const state of found.flatMap(({ degraded }) => degraded)) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
