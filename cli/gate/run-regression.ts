import { errorTail, replayRows, type ReplayEngines, type ReplayPlan } from '../../activities/gate/replay.ts';
import {
  judgeRegression,
  regressionThresholds,
  summarizeReplay,
  verifyBaseline,
  type Baseline,
  type Given,
  type ReplayedRow,
} from '../../domain/gate/index.ts';
import type { Breach, RegressionGate, RegressionThresholds } from '../../schemas/gate-report.ts';

/** What the regression gate is asked. */
export interface RegressionQuestion {
  readonly path: string;
  readonly revision: string | undefined;
  readonly given: Given<RegressionThresholds>;
  readonly isDegradedAllowed: boolean;
  readonly plan: ReplayPlan;
}

/** What the regression gate came to, with the rows behind it. */
export interface RegressionOutcome {
  readonly gate: RegressionGate;
  readonly rows: readonly ReplayedRow[];
  readonly baseline: Baseline | null;
}

/** Replays a baseline and judges it. What cannot be read, verified or replayed is a breach; only an interrupt is thrown. */
export async function runRegression(
  question: RegressionQuestion,
  read: () => Promise<Baseline>,
  open: () => Promise<ReplayEngines>,
): Promise<RegressionOutcome> {
  const { path, revision, given, isDegradedAllowed, plan } = question;
  const asked = { baseline_path: path, ...(revision === undefined ? {} : { baseline_ref: revision }) };
  const stopped = (baseline: Baseline | null, breaches: readonly Breach[], more: Partial<RegressionGate> = {}): RegressionOutcome => ({
    gate: {
      ran: false,
      ...asked,
      summary: null,
      thresholds: regressionThresholds(given, baseline?.header.thresholds),
      ...more,
      breaches: [...breaches],
    },
    rows: [],
    baseline,
  });
  const baseline = await orError(read);
  if (baseline instanceof Error) return stopped(null, [brokenBaseline(baseline)]);
  const { attestation, breaches: tampered } = verifyBaseline(baseline);
  if (tampered.length > 0) return stopped(baseline, tampered, { attestation });
  const rows = await orError(async () => replayRows(await open(), baseline.rows, plan));
  plan.signal?.throwIfAborted();
  if (rows instanceof Error) return stopped(baseline, [threw(rows)], { attestation });
  const summary = summarizeReplay(rows);
  const thresholds = regressionThresholds(given, baseline.header.thresholds);
  const { breaches, latencyRatio, isLatencySkipped } = judgeRegression(summary, thresholds, {
    baselineMeanMs: baseline.header.baseline_mean_latency_ms ?? null,
    hasFoundNothing: summary.rows_replayed > 0 && rows.every(({ result }) => result.current_slugs.length === 0),
    lastError: rows.findLast(({ result }) => result.errored === true)?.result.error_message ?? null,
    isDegradedAllowed,
  });
  const latency = { latency_ratio: latencyRatio, ...(isLatencySkipped ? { latency_skipped: true } : {}) };
  return { gate: { ran: true, ...asked, attestation, summary, thresholds, ...latency, breaches: [...breaches] }, rows, baseline };
}

async function orError<Value>(work: () => Promise<Value>): Promise<Value | Error> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function brokenBaseline(error: Error): Breach {
  return { metric: 'baseline_parse', reason: 'baseline_unreadable', error_tail: errorTail(error), failure_origin: 'input' };
}

function threw(error: Error): Breach {
  return { metric: 'replay_in_process', reason: 'replay_threw', error_tail: errorTail(error), failure_origin: 'system' };
}
