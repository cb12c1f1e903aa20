import type { DeterminismModel } from '../../schemas/determinism-report.ts';
import { isObject, type JsonObject } from '../shared/json.ts';
import { readMetric, spreadOf } from './metric-state.ts';
import type { ModelRun } from './model-runs.ts';

/** MRR and Hit@1 of each source that a run tells apart. Reported, never gated. */
export function readSources(runs: readonly ModelRun[], mode: string): DeterminismModel['per_source'] {
  const parts = runs.map(({ summary }) => (isObject(summary.value.per_source) ? summary.value.per_source : {}));
  const names = [...new Set(parts.flatMap((part) => Object.keys(part)))].sort();
  return names.map((source) => {
    const blocks = parts.map((part) => blockOf(part, source, mode));
    const counts = blocks.map((block) => readMetric(block.scored_count, 0, Number.MAX_SAFE_INTEGER));
    return {
      source,
      n: spreadOf(counts).min,
      mrr: spreadOf(blocks.map(({ mrr }) => readMetric(mrr, 0, 1))),
      hit_at_1: spreadOf(blocks.map(({ hit_at_1 }) => readMetric(hit_at_1, 0, 1))),
    };
  });
}

function blockOf(part: JsonObject, source: string, mode: string): JsonObject {
  const of = part[source];
  const modes = isObject(of) ? of.modes : undefined;
  const block = isObject(modes) ? modes[mode] : undefined;
  return isObject(block) ? block : {};
}
