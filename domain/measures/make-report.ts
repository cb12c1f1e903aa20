import type { QrelsReport } from '../../schemas/qrels-report.ts';
import { compareArms } from './compare-arms.ts';
import type { Chance } from './estimate-measures.ts';
import { judgeFloors, type Floor } from './judge-floors.ts';
import type { ArmResult, NamedMeasure } from './measure-arm.ts';
import { pickGlossary } from './metric-glossary.ts';

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
  readonly meta: Omit<QrelsReport['meta'], 'knob_hash' | 'corpus_hash' | 'generation' | 'degraded' | 'latency_ms' | 'seed' | 'resamples'>;
}

/** More harness errors than this share of the queries, and a run says nothing about what was measured. */
const MOST_HARNESS_ERRORS = 0.1;

/**
 * The report of one side, or of A with the comparison to B. The verdict is `error` where the numbers do not count, `fail` where a floor is missed by a
 * side, else `pass`.
 */
export function makeQrelsReport({ arms, asked, floors, chance, hasPerQuery, refusals, notes, meta }: QrelsFacts): QrelsReport {
  const [first, second] = arms;
  const { arm, evaluation, queries } = first;
  const judged = floorsOf(floors, first, second);
  const allRefusals = [...refusals, ...arms.flatMap((side) => refuseArm(side))];
  const unanswered = arms.flatMap((side) => side.queries).filter(({ outcome }) => outcome !== 'scored');
  const comparison = second === undefined ? undefined : compareSides(first, second, asked, chance, hasPerQuery);
  return {
    schema_version: 1,
    verdict: allRefusals.length > 0 ? 'error' : judged.every(({ is_met }) => is_met) ? 'pass' : 'fail',
    num_q: evaluation.counted.length,
    queries_missing: [...new Set([...evaluation.missing, ...unanswered.map(({ query_id }) => query_id)])],
    queries_zero_relevant: [...evaluation.zeroRelevant],
    queries_unjudged: [...evaluation.unjudged],
    metrics: arm.metrics,
    intervals: arm.intervals,
    outcomes: arm.outcomes,
    floors: judged,
    refusals: allRefusals,
    notes: [...notes],
    ...(hasPerQuery ? { per_query: [...queries] } : {}),
    ...(comparison === undefined ? {} : { comparison }),
    meta: {
      ...meta,
      ...chance,
      knob_hash: arm.knob_hash,
      corpus_hash: arm.corpus_hash,
      generation: arm.generation,
      degraded: arm.degraded,
      latency_ms: arm.latency_ms,
    },
    _meta: { metric_glossary: pickGlossary(glossaryKeys(asked, second !== undefined)) },
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
    smallest_p: rows.length === 0 ? null : Math.min(1, rows.length / (chance.resamples + 1)),
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
    ...(errors > queries.length * MOST_HARNESS_ERRORS
      ? [`${arm.name}: ${errors} of ${queries.length} queries ended in an error of the harness, more than a tenth: the run is invalid`]
      : []),
  ];
}

function labelOf(asked: readonly NamedMeasure[], name: string): string {
  return asked.find(({ measure }) => measure.name === name)?.label ?? name;
}

function glossaryKeys(asked: readonly NamedMeasure[], isComparison: boolean): string[] {
  return [
    ...asked.map(({ measure: { family, parameter } }) => (parameter === null ? family.term : family.term.replace('@k', `@${parameter}`))),
    ...['confidence_interval', 'wilson_interval', 'p50_latency_ms', 'p95_latency_ms', 'p99_latency_ms'],
    ...(isComparison ? ['p_value', 'adjusted_p', 'mde'] : []),
  ];
}
