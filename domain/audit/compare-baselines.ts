import type { AuditBaselineRow, AuditMetrics } from '../../schemas/audit-baseline.ts';
import type { AuditDrift, AuditDriftMetric } from '../../schemas/audit-report.ts';
import { AUDIT_METRICS, type AuditMetric } from '../../schemas/vocabulary.ts';
import { predictCount } from '../stats/poisson.ts';

/** An earlier full audit, as far as a later one is compared with it. */
export type Baseline = Pick<AuditBaselineRow, 'seq' | 'run_id' | 'recorded_at' | 'verdict' | 'metrics'>;

/** A count may change by this share of itself without a word. */
const WARN_CHANGE = 0.2;

/** The baseline to compare with: the latest accepted one. What a refused audit counted may be counted wrongly. */
export function latestAccepted<Row extends Pick<Baseline, 'verdict'>>(baselines: readonly Row[]): Row | undefined {
  return baselines.findLast(({ verdict }) => verdict === 'accepted');
}

/**
 * The tracked numbers against those of a baseline. One warns when it changed by more than 20 % and lies outside what chance explains: the exact 95 %
 * prediction interval of a Poisson count after the old one. Either alone is silent: small numbers jump by chance, large ones drift by little.
 */
export function compareBaselines(now: AuditMetrics, before: Baseline | undefined): AuditDrift {
  if (before === undefined) return { against: null, severity: 'ok', reason: 'there is no accepted baseline to compare with', metrics: [] };
  const { seq, run_id, recorded_at } = before;
  const metrics = (Object.keys(AUDIT_METRICS) as AuditMetric[]).map((metric) => compare(metric, before.metrics[metric], now[metric]));
  const warned = metrics.filter(({ severity }) => severity === 'warn');
  return {
    against: { seq, run_id, recorded_at },
    severity: warned.length > 0 ? 'warn' : 'ok',
    reason:
      warned.length > 0
        ? `${warned.map(({ metric }) => metric).join(', ')} changed by more than 20 % and more than chance explains`
        : 'no number changed by more than 20 % and more than chance explains',
    metrics,
  };
}

function compare(metric: AuditMetric, old: number | null, fresh: number | null): AuditDriftMetric {
  if (old === null || fresh === null) {
    const reason = `${old === null ? 'the baseline' : 'this audit'} could not count it`;
    return { metric, old, new: fresh, change: null, low: null, high: null, severity: 'ok', reason };
  }
  const { low, high } = predictCount(old);
  const change = old === 0 ? (fresh === 0 ? 0 : null) : (fresh - old) / old;
  const isLarge = change === null || Math.abs(change) > WARN_CHANGE;
  const isByChance = fresh >= low && fresh <= high;
  const reason = !isLarge ? 'within 20 %' : isByChance ? 'within what chance explains' : 'more than 20 %, and more than chance explains';
  return { metric, old, new: fresh, change, low, high, severity: isLarge && !isByChance ? 'warn' : 'ok', reason };
}
