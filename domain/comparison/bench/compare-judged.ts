import type { MetricComparison } from '../../../schemas/metric-comparison.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import { isObject, type JsonObject } from '../../shared/json.ts';
import { compareMetric, type ComparisonNames } from './compare-metric.ts';
import { pairItems } from '../pair-items.ts';
import type { RunSide } from './run-side.ts';

/** The judge's mean over the events that it scored on both sides: one metric, or none where there is nothing to compare, and why. */
export function compareJudged(
  a: RunSide,
  b: RunSide,
  names: Omit<ComparisonNames, 'metric'>,
  resamples: number,
): { readonly metrics: readonly MetricComparison[]; readonly warnings: readonly string[] } {
  const [scoresA, scoresB] = [scoresOf(a.summary), scoresOf(b.summary)];
  if (scoresA.size === 0 && scoresB.size === 0) return { metrics: [], warnings: [] };
  if (judgeOf(a) !== judgeOf(b)) return { metrics: [], warnings: ['judge-mean is not compared: the sides had another judge'] };
  const { pairs, onlyInA, onlyInB } = pairItems(scoresA, scoresB);
  const lone = onlyInA.length + onlyInB.length;
  return {
    metrics: pairs.length === 0 ? [] : [compareMetric(pairs, { ...names, metric: 'judge_mean' }, resamples)],
    warnings: lone === 0 ? [] : [`judge-mean: ${lone} events have a score on one side only and are left out`],
  };
}

function scoresOf({ judge }: JsonObject): ReadonlyMap<string, number> {
  const items = isObject(judge) && Array.isArray(judge.per_item) ? judge.per_item : [];
  return new Map(
    items.flatMap((item) => {
      if (!isObject(item) || typeof item.event_id !== 'string' || typeof item.mean !== 'number' || !Number.isFinite(item.mean)) return [];
      return [[item.event_id, item.mean] as const];
    }),
  );
}

function judgeOf({ file }: RunSide): string {
  const judge = file.manifest?.value.judge;
  return isObject(judge) ? canonicalJson({ model: judge.model ?? null, prompt_hash: judge.prompt_hash ?? null }) : 'none';
}
