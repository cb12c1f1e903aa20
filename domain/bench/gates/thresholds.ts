/** A gate: its value, the key of its threshold, on which side of it the value must be, and whether a model may pass without it. */
interface Gate {
  readonly value: string;
  readonly threshold: string;
  readonly limit: number;
  readonly mustBe: 'at_least' | 'at_most';
  readonly isOptional: boolean;
}

/** The gates of a model, in the order they are reported. All limits are inclusive. */
export const GATES = [
  { value: 'schema_validity_rate', threshold: 'schema_validity_min', limit: 0.95, mustBe: 'at_least', isOptional: false },
  { value: 'refusal_rate', threshold: 'refusal_max', limit: 0, mustBe: 'at_most', isOptional: false },
  { value: 'echo_similarity_max', threshold: 'echo_similarity_max', limit: 0.5, mustBe: 'at_most', isOptional: false },
  { value: 'latency_p95_ms', threshold: 'latency_p95_max_ms', limit: 60_000, mustBe: 'at_most', isOptional: false },
  { value: 'self_consistency_mean', threshold: 'self_consistency_min', limit: 0.7, mustBe: 'at_least', isOptional: true },
  { value: 'entity_sanity_mean', threshold: 'entity_sanity_min', limit: 0.9, mustBe: 'at_least', isOptional: true },
] as const satisfies readonly Gate[];

export type GateValue = (typeof GATES)[number]['value'];
export type GateThresholds = Readonly<Record<(typeof GATES)[number]['threshold'], number>>;

/** The limits when none are given. */
export const DEFAULT_GATE_THRESHOLDS = Object.fromEntries(GATES.map(({ threshold, limit }) => [threshold, limit])) as GateThresholds;
