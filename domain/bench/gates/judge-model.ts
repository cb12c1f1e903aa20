import type { ModelSummary } from '../../../schemas/bench-model-summary.ts';
import { GATES, type GateThresholds, type GateValue } from './thresholds.ts';

/** What makes a model fail whatever its gates say, in the order it is reported. */
export const MODEL_FAULTS = [
  'model_errors',
  'queue_failed_items',
  'queue_drain_timeout',
  'prod_restart',
  'lease_lost',
  'model_card_changed',
] as const;
export type ModelFault = (typeof MODEL_FAULTS)[number];

/** What is known of a model's pass. */
export interface ModelFacts {
  /** The gates as they stand in the summary: one that is absent counts as null, anything but a finite number as failed. */
  readonly gates: Readonly<Partial<Record<GateValue, unknown>>>;
  readonly thresholds: GateThresholds;
  readonly faults: readonly ModelFault[];
  /** See isMostlyInfrastructure. */
  readonly isInfrastructure: boolean;
}

/** The verdict on a model: FAIL when a gate fails or a fault holds; else INCONCLUSIVE when a gate that must be measured was not; else PASS. */
export function judgeModel({ gates, thresholds, faults, isInfrastructure }: ModelFacts): Pick<ModelSummary, 'verdict' | 'tier0_verdict'> {
  const skipped = GATES.filter(({ value }) => (gates[value] ?? null) === null);
  const failedGates = GATES.filter((gate) => !skipped.includes(gate) && !passes(gate, gates[gate.value], thresholds)).map(
    ({ value }) => value,
  );
  const failed = [...failedGates, ...MODEL_FAULTS.filter((fault) => faults.includes(fault))];
  const isMeasured = skipped.every(({ isOptional }) => isOptional);
  const verdict = failed.length > 0 ? 'FAIL' : isMeasured ? 'PASS' : 'INCONCLUSIVE';
  return {
    verdict,
    tier0_verdict: {
      passed: verdict === 'PASS',
      failed_gates: failed,
      skipped_gates: skipped.map(({ value }) => value),
      notes: isInfrastructure ? ['infrastructure'] : [],
    },
  };
}

function passes({ threshold, mustBe }: (typeof GATES)[number], value: unknown, thresholds: GateThresholds): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return mustBe === 'at_least' ? value >= thresholds[threshold] : value <= thresholds[threshold];
}
