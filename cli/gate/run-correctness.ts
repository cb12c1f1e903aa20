import { errorTail } from '../../activities/gate/replay.ts';
import { runQueries, type QueriesPlan, type QueriesRun } from '../../activities/gate/run-queries.ts';
import type { Retriever } from '../../activities/search-ports.ts';
import { correctnessThresholds, judgeCorrectness, type Given } from '../../domain/gate/index.ts';
import { scoreQrels, type Qrels } from '../../domain/measures/index.ts';
import type { Breach, CorrectnessGate, CorrectnessThresholds } from '../../schemas/gate-report.ts';

/** What the correctness gate is asked. */
export interface CorrectnessQuestion {
  readonly path: string;
  readonly given: Given<CorrectnessThresholds>;
  readonly isDegradedAllowed: boolean;
  readonly plan: QueriesPlan;
}

/** What the correctness gate came to, with what the searches said of themselves. */
export interface CorrectnessOutcome {
  readonly gate: CorrectnessGate;
  readonly metas: QueriesRun['metas'];
}

/** Runs the queries of judgments and judges what was found. What cannot be read or run is a breach; only an interrupt is thrown. */
export async function runCorrectness(
  { path, given, isDegradedAllowed, plan }: CorrectnessQuestion,
  read: () => Qrels,
  open: () => Promise<Retriever>,
): Promise<CorrectnessOutcome> {
  const thresholds = correctnessThresholds(given);
  const stopped = (breach: Breach): CorrectnessOutcome => ({
    gate: { ran: false, qrels_path: path, summary: null, thresholds, breaches: [breach] },
    metas: [],
  });
  let qrels: Qrels;
  try {
    qrels = read();
  } catch (error) {
    return stopped({ metric: 'qrels_parse', reason: 'qrels_unreadable', error_tail: errorTail(error), failure_origin: 'input' });
  }
  try {
    const { answers, metas, degraded } = await runQueries(await open(), qrels.queries, plan);
    const { queries_total, queries_run, queries_errored, per_query, ...means } = scoreQrels(qrels.queries, answers, plan.k);
    const counts = { queries_total, queries_run, queries_errored, queries_degraded: degraded };
    const summary = {
      k: plan.k,
      ...counts,
      ...means,
      per_query: per_query.map((query) => ({ ...query, retrieved: [...query.retrieved] })),
    };
    const lastError = per_query.findLast(({ error }) => error !== null)?.error ?? null;
    const breaches = judgeCorrectness(summary, thresholds, { lastError, isDegradedAllowed });
    return { gate: { ran: true, qrels_path: path, summary, thresholds, breaches }, metas };
  } catch (error) {
    plan.signal?.throwIfAborted();
    return stopped({ metric: 'correctness_gate', reason: 'orchestrator_threw', error_tail: errorTail(error), failure_origin: 'system' });
  }
}
