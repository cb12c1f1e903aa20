import type { QrelsReport } from '../../schemas/qrels-report.ts';
import { smallestCorrectedP } from '../stats/multiplicity.ts';
import { COMPARISON_METRICS, glossaryBlock } from '../glossary/index.ts';
import type { SearchOrigin } from '../reproducibility/index.ts';
import { compareArms } from './compare-arms.ts';
import type { Chance } from './estimate-measures.ts';
import { judgeFloors, type Floor } from './judge-floors.ts';
import type { ArmResult, NamedMeasure } from './measure-arm.ts';
import { qrelsFooter } from './qrels-footer.ts';

/** What a report is made of. */
export interface QrelsFacts {
  /** One side, or A and B. */
  readonly arms: readonly [ArmResult] | readonly [ArmResult, ArmResult];
  readonly asked: readonly NamedMeasure[];
  readonly floors: readonly Floor[];
  readonly chance: Chance;
  readonly hasPerQuery: boolean;
  /** Why the numbers do not count, beside what shows in them. */
  readonly refusals: readonly string[];
  readonly notes: readonly string[];
  readonly origin: SearchOrigin;
  readonly meta: Omit<QrelsReport['meta'], 'knob_hash' | 'corpus_hash' | 'generation' | 'degraded' | 'latency_ms' | 'seed' | 'resamples'>;
}

/** More harness errors than this share of the queries, and a run says nothing about what was measured. */
const MOST_HARNESS_ERRORS = 0.1;

/**
 * The report of one side, or of A with the comparison to B. The verdict is `error` where the numbers do not count, `fail` where a side misses a floor or
 * finds nothing for any query, else `pass`.
 */
export function makeQrelsReport({ arms, asked, floors, chance, hasPerQuery, refusals, notes, origin, meta }: QrelsFacts): QrelsReport {
  const [first, second] = arms;
  const { arm, evaluation, queries } = first;
  const judged = floorsOf(floors, first, second);
  const allRefusals = [...refusals, ...arms.flatMap((side) => refuseArm(side))];
  const silences = arms.flatMap((side) => noteSilence(side));
  const unanswered = arms.flatMap((side) => side.queries).filter(({ outcome }) => outcome !== 'scored');
  const comparison = second === undefined ? undefined : compareSides(first, second, asked, chance, hasPerQuery);
  const wholeMeta = {
    ...meta,
    ...chance,
    knob_hash: arm.knob_hash,
    corpus_hash: arm.corpus_hash,
    generation: arm.generation,
    degraded: arm.degraded,
    latency_ms: arm.latency_ms,
  };
  return {
    schema_version: 1,
    verdict: allRefusals.length > 0 ? 'error' : silences.length === 0 && judged.every(({ is_met }) => is_met) ? 'pass' : 'fail',
    num_q: evaluation.counted.length,
    queries_missing: [...new Set([...evaluation.missing, ...unanswered.map(({ query_id }) => query_id)])],
    queries_zero_relevant: [...evaluation.zeroRelevant],
    queries_unjudged: [...evaluation.unjudged],
    metrics: arm.metrics,
    intervals: arm.intervals,
    outcomes: arm.outcomes,
    floors: judged,
    refusals: allRefusals,
    notes: [...notes, ...silences],
    ...(hasPerQuery ? { per_query: [...queries] } : {}),
    ...(comparison === undefined ? {} : { comparison }),
    meta: wholeMeta,
    _meta: { ...glossaryBlock(printedMetrics(asked, second !== undefined)), footer: qrelsFooter(wholeMeta, arms, origin) },
  };
}

function compareSides(
  a: ArmResult,
  b: ArmResult,
  asked: readonly NamedMeasure[],
  chance: Chance,
  hasPerQuery: boolean,
): QrelsReport['comparison'] {
  const rows = compareArms(a.evaluation, b.evaluation, { a: a.arm.name, b: b.arm.name }, chance);
  return {
    arm_a: a.arm,
    arm_b: b.arm,
    ...chance,
    smallest_p: smallestCorrectedP(rows.length, chance.resamples),
    comparisons: rows.map((row) => ({ ...row, metric: labelOf(asked, row.metric) })),
    ...(hasPerQuery ? { per_query_b: [...b.queries] } : {}),
  };
}

/** Both sides must hold every floor; a measure's name then says which side it is of. */
function floorsOf(floors: readonly Floor[], first: ArmResult, second: ArmResult | undefined): QrelsReport['floors'] {
  if (second === undefined) return judgeFloors(floors, first.evaluation);
  return [first, second].flatMap(({ arm, evaluation }) =>
    judgeFloors(floors, evaluation).map((floor) => ({ ...floor, metric: `${floor.metric}, ${arm.name}` })),
  );
}

function refuseArm({ arm, evaluation, queries }: ArmResult): string[] {
  const errors = arm.outcomes.harness_error;
  return [
    ...(evaluation.counted.length === 0 ? [`${arm.name}: no query counts, so nothing was measured`] : []),
    ...(isAnswered(queries) ? [] : [`${arm.name}: none of ${queries.length} queries was answered, so nothing was measured`]),
    ...(errors > queries.length * MOST_HARNESS_ERRORS
      ? [`${arm.name}: ${errors} of ${queries.length} queries ended in an error of the harness, more than a tenth: the run is invalid`]
      : []),
  ];
}

/** False where every query failed: then nobody knows what the engine would have found. */
function isAnswered(queries: ArmResult['queries']): boolean {
  return queries.length === 0 || queries.some(({ outcome, latency_ms: latencyMs }) => outcome === 'scored' || latencyMs !== null);
}

/** An engine that answers and finds nothing at all has been measured, and has failed. */
function noteSilence({ arm, queries }: ArmResult): string[] {
  if (queries.length === 0 || !isAnswered(queries) || arm.outcomes.scored > 0) return [];
  return [`${arm.name}: nothing was found for any of ${queries.length} queries`];
}

function labelOf(asked: readonly NamedMeasure[], name: string): string {
  return asked.find(({ measure }) => measure.name === name)?.label ?? name;
}

function printedMetrics(asked: readonly NamedMeasure[], isComparison: boolean): string[] {
  return [
    ...asked.map(({ label }) => label),
    ...['confidence_interval', 'wilson_interval', 'p50_latency_ms', 'p95_latency_ms', 'p99_latency_ms'],
    ...(isComparison ? COMPARISON_METRICS : []),
  ];
}
