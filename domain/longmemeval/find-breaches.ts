import type { FloorBreach } from '../../schemas/longmemeval-report.ts';
import type { LongMemEvalSummary } from '../../schemas/longmemeval-summary.ts';
import type { LongMemEvalSettings } from '../../schemas/longmemeval-settings.ts';

/** The kinds of questions that lie below a floor. A kind without a rate has nothing to be below with. */
export function findBreaches(summary: LongMemEvalSummary, floor: LongMemEvalSettings['floor']): FloorBreach[] {
  if (floor === null) return [];
  return Object.entries(summary.recall_by_type).flatMap(([type, { all_rate, rate }]) => {
    const measured = floor.metric === 'recall_all' ? all_rate : rate;
    if (measured === null || all_rate === null || rate === null || measured >= floor.value) return [];
    return [{ type, metric: floor.metric, all_rate, rate, floor: floor.value }];
  });
}

/** A breach in a sentence; where any and all differ, all comes first. */
export function tellBreach({ type, metric, all_rate, rate, floor }: FloorBreach): string {
  const rates = all_rate === rate ? `${metric} ${rate}` : `all_rate ${all_rate}, rate ${rate}`;
  return `${type}: ${rates}, below the floor of ${floor} for ${metric}`;
}
