import type { Breach, GateReport } from '../../schemas/gate-report.ts';
import type { BreachMetric } from '../../schemas/vocabulary.ts';

/** One limit of a gate, and whether it holds. */
export interface GateCheck {
  readonly gate: 'regression' | 'correctness';
  readonly metric: BreachMetric;
  readonly title: string;
  readonly observed: number | null;
  readonly limit: number | null;
  /** What the number must do with its limit. */
  readonly relation: '≥' | '≤' | '=';
  readonly state: 'passed' | 'failed' | 'errored' | 'skipped';
  readonly breach: Breach | null;
}

/** Every check of the gates that were asked for, in the order in which they are told. A gate that did not run skips what it would have looked at. */
export function gateChecks({ regression_gate: regression, correctness_gate: correctness }: GateReport): GateCheck[] {
  return [
    ...(regression.breaches === undefined ? [] : regressionChecks(regression)),
    ...(correctness.breaches === undefined ? [] : correctnessChecks(correctness)),
  ];
}

type Row = readonly [
  metric: BreachMetric,
  title: string,
  observed: number | null | undefined,
  relation: GateCheck['relation'],
  limit: number | null | undefined,
];

function regressionChecks({
  ran,
  summary,
  thresholds,
  latency_ratio,
  latency_skipped,
  breaches = [],
}: GateReport['regression_gate']): GateCheck[] {
  const rows: Row[] = [
    ['rows_errored', 'Searches that threw', summary?.rows_errored, '=', 0],
    ['rows_degraded', 'Degraded searches', summary?.rows_degraded, '=', 0],
    ['no_rows_replayed', 'Rows replayed', summary?.rows_replayed, '≥', 1],
    ['mean_jaccard', 'Mean Jaccard (strict)', summary?.mean_jaccard_strict, '≥', thresholds?.jaccard],
    ['top1_stability_rate', 'Top-1 stability (strict)', summary?.top1_stability_strict, '≥', thresholds?.top1],
    ['latency_ratio', 'Latency ratio', latency_ratio, '≤', thresholds?.latency_multiplier],
  ];
  const skipped = latency_skipped === true ? new Set<BreachMetric>(['latency_ratio']) : new Set<BreachMetric>();
  return [
    ...inputChecks('regression', breaches, rows),
    ...rows.map((row) => checkOf('regression', row, breaches, ran && !skipped.has(row[0]))),
  ];
}

function correctnessChecks({ ran, summary, thresholds, breaches = [] }: GateReport['correctness_gate']): GateCheck[] {
  const rows: Row[] = [
    ['queries_errored', 'Searches that threw', summary?.queries_errored, '=', 0],
    ['queries_degraded', 'Degraded searches', summary?.queries_degraded, '=', 0],
    ['mean_recall_at_k', `Recall@${summary?.k ?? 'k'} (strict)`, summary?.mean_recall_at_k_strict, '≥', thresholds?.recall_at_k],
    ['first_relevant_hit_rate', 'First place relevant', summary?.first_relevant_hit_rate, '≥', thresholds?.first_relevant_hit],
    ['expected_top1_hit_rate', 'Expected first place', summary?.expected_top1_hit_rate, '≥', thresholds?.expected_top1],
  ];
  const hasExpected = (summary?.expected_top1_denominator ?? 0) > 0;
  const isJudged = ([metric]: Row): boolean => metric !== 'expected_top1_hit_rate' || hasExpected;
  return [...inputChecks('correctness', breaches, rows), ...rows.map((row) => checkOf('correctness', row, breaches, ran && isJudged(row)))];
}

/** What kept a gate from looking at its numbers. */
function inputChecks(gate: GateCheck['gate'], breaches: readonly Breach[], rows: readonly Row[]): GateCheck[] {
  const named = new Set(rows.map(([metric]) => metric));
  return breaches
    .filter(({ metric }) => !named.has(metric))
    .map((breach) => ({
      gate,
      metric: breach.metric,
      title: breach.metric.replaceAll('_', ' '),
      observed: breach.observed ?? null,
      limit: breach.threshold ?? null,
      relation: '=',
      state: stateOf(breach),
      breach,
    }));
}

function checkOf(
  gate: GateCheck['gate'],
  [metric, title, observed, relation, limit]: Row,
  breaches: readonly Breach[],
  isJudged: boolean,
): GateCheck {
  const breach = breaches.find((each) => each.metric === metric) ?? null;
  const state = breach === null ? (isJudged ? 'passed' : 'skipped') : stateOf(breach);
  return { gate, metric, title, observed: observed ?? null, limit: limit ?? null, relation, state, breach };
}

function stateOf({ failure_origin }: Breach): GateCheck['state'] {
  return failure_origin === 'result' ? 'failed' : 'errored';
}
