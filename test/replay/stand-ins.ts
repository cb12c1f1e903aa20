import type { BenchActivities, BenchRunResult, RunOutcome } from '../../activities/bench-contract.ts';
import type { ContradictionsActivities } from '../../activities/contradictions-contract.ts';
import type { DistillActivities } from '../../activities/contract.ts';
import type { LongMemEvalActivities } from '../../activities/eval-contract.ts';
import type { OwnerProcess, PauseGuardActivities, PauseOwnerActivities } from '../../activities/pause-contract.ts';
import type { PanelActivities } from '../../activities/panel-contract.ts';
import type { ProbeActivities } from '../../activities/probe-contract.ts';
import type { ReplayArmsActivities } from '../../activities/replay-arms-contract.ts';
import type { ReplayActivities } from '../../activities/replay-contract.ts';
import type { SuitesActivities } from '../../activities/suites-contract.ts';
import { lmeRunOf } from './lme-run.ts';
import { panelRunOf } from './probe-runs.ts';
import { heartbeatUntilCancelled, type Activities } from './story.ts';

/** Activities that answer at once, as if all went well. A guard's activities run on the same queue as all others. */
export function standIns(taskQueue: string): Activities {
  return {
    ...DISTILL,
    ...BENCH,
    ...LONG_MEM_EVAL,
    ...SUITES,
    ...PANEL,
    ...CONTRADICTIONS,
    ...PROBE,
    ...REPLAY,
    ...ARMS,
    ...pauseOf(taskQueue),
  };
}

const nothing = async (): Promise<void> => undefined;
const shard = async (): Promise<{ rows: number }> => ({ rows: 10 });

/** Three shards of ten rows, the last of which was there before scoring. */
const DISTILL: DistillActivities = {
  planMaterialize: async ({ done }) => ({ shards: 3, pending: done === undefined ? [0, 1, 2] : [2], reused: 0 }),
  materializeShard: shard,
  settleMaterialize: nothing,
  planScore: async () => ({ shards: 3, pending: [0, 1], reused: 0 }),
  scoreShard: shard,
  settleScore: nothing,
  planExport: async () => ({ shards: 3, pending: [], reused: 0 }),
  exportShard: shard,
  decideExport: nothing,
  writeExportSet: nothing,
  settleExport: nothing,
  writeReceipts: nothing,
  auditExportSet: nothing,
  settleAudit: nothing,
  finishRun: async ({ run_id, until }) => ({
    run_id,
    verdict: until === 'audit' ? 'accepted' : 'unfinished',
    summary_path: `exports/${run_id}/summary.json`,
  }),
  abandonRun: nothing,
};

/** Twelve events and questions, four repeats, and a judge. */
const BENCH: BenchActivities = {
  findBenchRun: async () => null,
  preflightCheck: async ({ check }) => ({ check, status: 'pass', detail: '' }),
  takeSlot: async () => ({ token: 1, detail: '' }),
  freeSlot: nothing,
  openBenchRun: async () => ({ main_calls: 12, self_consistency_calls: 4, warmup_calls: 3, has_embeddings: true, has_questions: true }),
  readCard: nothing,
  callBatch: async () => ({ calls: 8, failed: 0, reused: 0 }),
  embedOutputs: nothing,
  embedRepeats: nothing,
  scoreRetrieval: nothing,
  watchAbsence: heartbeatUntilCancelled,
  planJudge: async () => ({ calls: 4 }),
  summarizeModel: async () => ({ verdict: 'PASS' }),
  endBenchRun: async (outcome) => endOf(outcome),
  judgeSweep: async () => ({ overall: 'PASS', exit_code: 0, detail: '' }),
  openSweep: nothing,
  endSweep: nothing,
  recordSweep: async () => ({ seq: 1 }),
};

/** Twelve batches of eight questions. */
const LONG_MEM_EVAL: LongMemEvalActivities = {
  planLongMemEval: async () => ({ batches: 12, questions: 96, reused: 0 }),
  askBatch: async () => ({ rows: 8 }),
  appendBatch: nothing,
  endLongMemEval: async ({ run_id }) => ({ run_id, verdict: 'accepted', exit_code: 0 }),
};

/** Six batches of a collection, a run of LongMemEval, and a suite without data. */
const SUITES: SuitesActivities = {
  openCell: async ({ cell: { suite, run_uid } }) => {
    if (suite === 'replay') return { work: 'nothing' };
    return suite === 'longmemeval' ? { work: 'longmemeval', run: lmeRunOf(run_uid) } : { work: 'measure', batches: 6 };
  },
  measureBatch: async () => ({ rows: 16 }),
  endCell: async ({ cell, failure }) => ({
    ...cell,
    status: failure === null ? 'completed' : 'failed',
    run_id: `f00d-${cell.suite}-${cell.mode}-42`,
    metrics: {},
    cost_usd: 0,
    reason: failure,
  }),
  endSuites: async ({ run_id }) => ({ run_id, cells: [] }),
};

/** Ten answers, and judges that read all of them. */
const PANEL: PanelActivities = {
  planPanel: async () => ({ items: 10, labelled: 0 }),
  askJudge: async () => ({ state: 'answered' }),
  endPanelBatch: async ({ run_id }) => ({
    run_id,
    verdict: 'pass',
    exit_code: 0,
    counts: { total: 10, pass: 10, fail: 0, inconclusive: 0, error: 0, upstream_error: 0, malformed: 0, budget_skipped: 0, not_scored: 0 },
    est_cost_usd: 0.35,
    actual_cost_usd: 0.31,
  }),
};

/** Nine pairs. */
const CONTRADICTIONS: ContradictionsActivities = {
  findCandidates: nothing,
  orderPairs: async () => ({ pairs: 9 }),
  judgePair: nothing,
  endContradictions: async ({ run_id }) => ({ run_id, run_status: 'ok', exit_code: 0 }),
};

/** Nine tasks, all of which pass. */
const REPLAY: ReplayActivities = {
  planReplays: async () => ({ tasks: 9 }),
  replayQueued: async () => ({ state: 'replayed' }),
  endReplays: async ({ run_id }) => ({
    run_id,
    verdict: 'accepted',
    exit_code: 0,
    counts: { tasks: 9, passed: 9, refused: 0, unanswered: 0, skipped_budget: 0, escalated: 0 },
  }),
};

const ARMS: ReplayArmsActivities = {
  endArms: async ({ run_id }) => ({ run_id, exit_code: 0 }),
};

/** A night on which nothing may begin. */
const PROBE: ProbeActivities = {
  beginNight: async () => ({ kinds: ['quality'] }),
  openProbe: async () => ({ work: 'nothing' }),
  openPanel: async ({ run_id }) => panelRunOf(`${run_id}-panel`),
  endProbe: async ({ probe: { kind, run_id }, findings, failure }) => {
    if (failure !== null) return { kind, outcome: 'error', exit_code: 2, detail: failure.message, run_uid: run_id };
    if (findings === null) return { kind, outcome: 'rate_limited', exit_code: 0, detail: null, run_uid: null };
    return { kind, outcome: 'pass', exit_code: 0, detail: null, run_uid: run_id };
  },
  tellProbe: nothing,
};

/** The result of a run whose models all came to that verdict; production that did not stay paused is a FAIL. */
export function endOf({ run, reason, detail, models }: RunOutcome, verdict: 'PASS' | 'FAIL' = 'PASS'): BenchRunResult {
  const verdicts = models.map(({ model, prod_restart }) => [model, prod_restart === null ? verdict : 'FAIL'] as const);
  const isRefused = verdicts.some(([, word]) => word === 'FAIL');
  return {
    run_id: run.run_id,
    reason,
    verdicts: Object.fromEntries(verdicts),
    exit_code: reason === 'cancelled' ? 130 : reason !== null && reason !== 'dry_run' ? 2 : isRefused ? 1 : 0,
    run_file: `lake/bench/runs/${run.run_id}/run.jsonl`,
    ...(detail === '' ? {} : { detail }),
  };
}

const OWNER: OwnerProcess = { host: 'harbour', pid: 4711, pid_started: 'boot.1' };
const PRODUCTION = { pid: 4000, paused_at: null };

/** A production that pauses and resumes as it is told, and a guard that answers. */
function pauseOf(queue: string): PauseOwnerActivities & PauseGuardActivities {
  const resumed = async (): Promise<{ resumed_at: string }> => ({ resumed_at: new Date().toISOString() });
  return {
    startGuard: async () => ({ queue, guard_pid: 4712, owner_process: OWNER }),
    lookAtLease: async () => ({ state: 'paused', renewed_at: null, holder: null }),
    resumeWithoutGuard: resumed,
    renewLease: async ({ at }) => ({ state: 'paused', renewed_at: at, holder: null }),
    openLease: async ({ max_pause_s }) => {
      const nowMs = Date.now();
      const deadline = new Date(nowMs + max_pause_s * 1000).toISOString();
      return { opened: true, token: 1, started_at: new Date(nowMs).toISOString(), deadline_at: deadline };
    },
    pauseProduction: async () => ({ production: PRODUCTION, is_quiescent: true }),
    awaitQuiescence: async () => ({ state: 'quiescent' }),
    watchPause: heartbeatUntilCancelled,
    resumeProduction: resumed,
  };
}
