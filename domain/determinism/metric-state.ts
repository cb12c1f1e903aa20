import type { MetricSpread } from '../../schemas/determinism-report.ts';
import { isObject, type JsonObject, type JsonValue } from '../shared/json.ts';
import type { ModelRun } from './model-runs.ts';
import { showRecorded } from './recorded-field.ts';

/** What a run says about a metric: a number to judge, nothing, or something that cannot be a value of it. */
export type MetricState =
  { readonly state: 'good'; readonly value: number } | { readonly state: 'missing' } | { readonly state: 'invalid' };

const MISSING: MetricState = { state: 'missing' };
const INVALID: MetricState = { state: 'invalid' };

/** Absent, null and NaN are missing; any other type, an infinity and what lies outside `low` to `high` are invalid. */
export function readMetric(value: JsonValue | undefined, low: number, high: number): MetricState {
  if (value === undefined || value === null || Number.isNaN(value)) return MISSING;
  return typeof value === 'number' && value >= low && value <= high ? { state: 'good', value } : INVALID;
}

/** What a run measured in a retrieval mode; undefined when it is absent, null or empty. */
export function modeBlock({ summary }: ModelRun, mode: string): JsonObject | undefined {
  const { downstream_proxy: proxy } = summary.value;
  const modes = isObject(proxy) ? proxy.modes : undefined;
  const block = isObject(modes) ? modes[mode] : undefined;
  return isObject(block) && Object.keys(block).length > 0 ? block : undefined;
}

/** The judge that a run was configured with, as text by which it compares; null without one. */
export function readJudge({ file }: ModelRun): string | null {
  const judge = file.manifest?.value.judge;
  return isObject(judge) && Object.keys(judge).length === 0 ? null : showRecorded(judge);
}

/** The mean of the judge's scores, from 1 to 5. */
export function readJudgeMean({ summary }: ModelRun): MetricState {
  const { judge } = summary.value;
  if (judge === undefined || judge === null) return MISSING;
  return isObject(judge) ? readMetric(judge.mean, 1, 5) : INVALID;
}

/** Smallest, largest and how far apart, over the good values; never a difference of neighbours. */
export function spreadOf(states: readonly MetricState[]): MetricSpread {
  const values = states.map((state) => (state.state === 'good' ? state.value : null));
  const good = values.filter((value) => value !== null);
  if (good.length === 0) return { min: null, max: null, delta: null, values };
  const [min, max] = [Math.min(...good), Math.max(...good)];
  return { min, max, delta: max - min, values };
}
