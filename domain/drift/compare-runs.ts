import type { DriftMetric, DriftReport } from '../../schemas/drift-report.ts';
import type { DriftSeverity, Stage } from '../../schemas/vocabulary.ts';

/** What a run is compared by. */
export interface RunFacts {
  readonly run_id: string;
  /** What the run was made of; when all are equal, all stage digests must be too. */
  readonly identity: Readonly<Record<'input' | 'config' | 'code' | 'rules' | 'verdicts' | 'evaluation' | 'releases', string>>;
  readonly counts: Readonly<Record<string, number>>;
  readonly digests: Readonly<Partial<Record<Stage, string>>>;
}

/** A count may change by this share without a word. */
const WARN_CHANGE = 0.2;

const SOURCES_OF_CHANGE = {
  input: 'the input changed',
  config: 'the config changed',
  code: 'the code version changed',
  rules: 'a rule or adapter version changed',
  verdicts: 'people decided about records',
  evaluation: 'the evaluation sets changed',
  releases: 'a release was frozen',
} as const;

/**
 * This run against the most recent earlier one. A count warns when it moved by more than 20 % and by more than chance explains (95 %, both counts
 * Poisson). Another digest from the same input, config, code, rules and verdicts is an alert: something is not deterministic.
 */
export function compareRuns(now: RunFacts, before: RunFacts | undefined): DriftReport {
  if (before === undefined) {
    return { schema: 'drift-report/1', run_id: now.run_id, against: null, severity: 'ok', reason: 'this is the first run', metrics: [] };
  }
  const changes = (Object.keys(SOURCES_OF_CHANGE) as (keyof typeof SOURCES_OF_CHANGE)[]).filter(
    (part) => now.identity[part] !== before.identity[part],
  );
  const metrics = [...digestMetrics(now, before, changes.length === 0), ...countMetrics(now, before)];
  const severity = worst(metrics.map((metric) => metric.severity));
  return { schema: 'drift-report/1', run_id: now.run_id, against: before.run_id, severity, reason: reasonOf(changes, metrics), metrics };
}

function digestMetrics(now: RunFacts, before: RunFacts, mustBeEqual: boolean): DriftMetric[] {
  return (Object.keys(now.digests) as Stage[]).map((stage) => {
    const [old, fresh] = [before.digests[stage] ?? null, now.digests[stage]!];
    const isEqual = old === fresh;
    const isViolation = !isEqual && mustBeEqual && old !== null;
    const reason = isEqual
      ? 'equal'
      : isViolation
        ? `${stage} gave another result from the same input, config, code and rules`
        : 'another result';
    return { metric: `${stage}_digest`, old, new: fresh, change: null, severity: isViolation ? 'alert' : 'ok', reason };
  });
}

function countMetrics(now: RunFacts, before: RunFacts): DriftMetric[] {
  return Object.entries(now.counts).map(([metric, fresh]) => {
    const old = before.counts[metric] ?? 0;
    const change = old === 0 ? (fresh === 0 ? 0 : null) : (fresh - old) / old;
    const isLarge = change === null || Math.abs(change) > WARN_CHANGE;
    // The difference of two Poisson counts has the variance of their sum.
    const byChance = 1.96 * Math.sqrt(fresh + old);
    const isBeyondChance = Math.abs(fresh - old) > byChance;
    const severity: DriftSeverity = isLarge && isBeyondChance ? 'warn' : 'ok';
    const reason =
      severity === 'warn'
        ? `moved by ${fresh - old}, chance explains ${byChance.toFixed(1)}`
        : isLarge
          ? 'within what chance explains'
          : 'within 20 %';
    return { metric, old, new: fresh, change, severity, reason };
  });
}

function reasonOf(changes: readonly (keyof typeof SOURCES_OF_CHANGE)[], metrics: readonly DriftMetric[]): string {
  const violated = metrics.find((metric) => metric.severity === 'alert');
  if (violated !== undefined) return violated.reason;
  if (changes.length > 0) return changes.map((part) => SOURCES_OF_CHANGE[part]).join('; ');
  return 'same input, config, code and rules; same result';
}

function worst(severities: readonly DriftSeverity[]): DriftSeverity {
  if (severities.includes('alert')) return 'alert';
  return severities.includes('warn') ? 'warn' : 'ok';
}
