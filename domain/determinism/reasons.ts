import type { DeterminismModel, RecordedField } from '../../schemas/determinism-report.ts';
import { DETERMINISM_REASONS, type DeterminismReason } from '../../schemas/vocabulary.ts';
import type { Conditions } from './conditions.ts';
import type { Denominators } from './denominators.ts';
import type { GatedMetric } from './gated-metrics.ts';
import type { RunFaults } from './invalid-run.ts';
import type { DeterminismBudgets } from './settings.ts';

type Reason = DeterminismModel['reasons'][number];

/** Everything that can speak against a model. */
export interface Findings {
  readonly differences: readonly RecordedField[];
  readonly faults: readonly (RunFaults & { readonly runId: string })[];
  readonly conditions: Conditions;
  readonly runs: number;
  readonly requiredRuns: number;
  readonly denominators: Denominators;
  readonly metrics: readonly GatedMetric[];
  readonly budgets: DeterminismBudgets;
}

/** All reasons for FAIL, in the order of their codes; none means PASS. */
export function listReasons(found: Findings): Reason[] {
  return (Object.keys(DETERMINISM_REASONS) as DeterminismReason[]).flatMap((code) =>
    DETAILS[code](found).map((detail) => ({ code, detail })),
  );
}

const DETAILS: Readonly<Record<DeterminismReason, (found: Findings) => readonly string[]>> = {
  not_comparable: ({ differences }) => [...new Set(differences.map(({ field }) => field.split(' ')[0] ?? field))],
  invalid_run: ({ faults }) => faults.flatMap(({ faults: of, runId }) => of.map((fault) => `${fault} in ${runId}`)),
  conditions_differ: ({ conditions }) => conditions.differing,
  too_few_runs: ({ runs, requiredRuns }) => (runs < requiredRuns ? [`${runs} of ${requiredRuns}`] : []),
  nothing_measured: ({ denominators }) => (denominators.counts.includes(0) ? ['scored_count is 0'] : []),
  different_denominators: ({ denominators: { counts } }) => (counts.length > 1 ? [counts.join(', ')] : []),
  missing: (found) => tell(found, 'missing'),
  invalid: (found) => tell(found, 'invalid'),
  over_budget: ({ metrics, budgets }) =>
    metrics.flatMap(({ name, spread: { delta }, isAboveBudget }) =>
      isAboveBudget && delta !== null ? [`${name} delta ${delta.toFixed(4)}, budget ${budgets[name]}`] : [],
    ),
};

function tell({ metrics, denominators, runs }: Findings, state: 'missing' | 'invalid'): string[] {
  const counts = [
    ...metrics
      .filter(({ isAsked }) => isAsked)
      .map(({ name, states }) => ({ name, count: states.filter((of) => of.state === state).length })),
    { name: 'scored_count', count: denominators[state] },
  ];
  return counts.flatMap(({ name, count }) => (count === 0 ? [] : [`${name} in ${count} of ${runs} runs`]));
}
