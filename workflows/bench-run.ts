import { ActivityCancellationType, ActivityFailure, CancellationScope, executeChild, isCancellation } from '@temporalio/workflow';
import type {
  BenchActivities,
  BenchRunInput,
  BenchRunResult,
  ModelOutcome,
  PreflightCheck,
  RunOutcome,
} from '../activities/bench-contract.ts';
import type { PauseRequest } from '../activities/pause-contract.ts';
import {
  batches,
  longestBatchMs,
  PREFLIGHT_CHECKS,
  QUIESCENCE_LIMIT_S,
  QUIESCENCE_POLL_S,
  WATCH_EVERY_S,
} from '../domain/bench-steps/index.ts';
import type { PauseEnd, RunEndReason } from '../schemas/vocabulary.ts';
import { BENCH_PROFILES } from '../temporal.config.ts';
import { benchActivities, lastingActivities, tellFailure } from './bench-activities.ts';
import { benchModel, type BenchModelResult } from './bench-model.ts';
import { HeldPause } from './held-pause.ts';

const recordOf = (run: BenchRunInput): BenchActivities => lastingActivities(run, BENCH_PROFILES.record);

/** One pass over each model: preflight, slot, pause, models, verified resume, judge, last record, import. */
export async function benchRun(run: BenchRunInput): Promise<BenchRunResult> {
  const known = await recordOf(run).findBenchRun(run);
  if (known !== null) return known;
  try {
    const check = lastingActivities(run, BENCH_PROFILES.check);
    const checks = await Promise.all(PREFLIGHT_CHECKS.map((name) => check.preflightCheck({ run, check: name })));
    await recordOf(run).openBenchRun({ run, checks, lease: null, slot_token: null });
    const early = reasonNotToBegin(run, checks);
    if (early !== null) return await end({ run, ...early });
    return await inSlot(run, checks);
  } catch (error) {
    if (!isCancellation(error)) throw error;
    return end({ run, reason: 'cancelled', detail: 'cancelled before anything was measured' });
  }
}

function reasonNotToBegin(run: BenchRunInput, checks: readonly PreflightCheck[]): { reason: RunEndReason; detail: string } | null {
  const aborts = checks.filter(({ status }) => status === 'abort').map(({ check: name, detail }) => `${name}: ${detail}`);
  if (aborts.length > 0) return { reason: 'preflight_aborted', detail: aborts.join('; ') };
  if (run.models.length === 0) return { reason: 'no_models', detail: 'no model is named' };
  return run.settings.dry_run ? { reason: 'dry_run', detail: 'stopped after preflight, as asked' } : null;
}

async function inSlot(run: BenchRunInput, checks: readonly PreflightCheck[]): Promise<BenchRunResult> {
  // One that is cancelled gives back what it has taken.
  const cancellationType = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;
  const slot = await lastingActivities(run, { ...BENCH_PROFILES.slot, cancellationType }).takeSlot(run);
  if (slot.token === null) return end({ run, reason: 'preflight_aborted', detail: `slot_free: ${slot.detail}` });
  try {
    return await new BenchPass(run, checks, slot.token).go();
  } finally {
    // A sweep keeps its place between its runs.
    if (run.sweep === null) await CancellationScope.nonCancellable(() => recordOf(run).freeSlot(run));
  }
}

/** The measured part of a run, and what follows from how it went. */
class BenchPass {
  readonly #run: BenchRunInput;
  readonly #checks: readonly PreflightCheck[];
  readonly #slotToken: number;
  readonly #outcomes: ModelOutcome[] = [];
  #stop: { readonly reason: RunEndReason | null; readonly detail: string } | null = null;

  constructor(run: BenchRunInput, checks: readonly PreflightCheck[], slotToken: number) {
    this.#run = run;
    this.#checks = checks;
    this.#slotToken = slotToken;
  }

  async go(): Promise<BenchRunResult> {
    const run = this.#run;
    const request = pauseRequest(run, this.#checks);
    const taking = request === null ? null : await HeldPause.take(request);
    if (taking?.taken === false) return this.#endWithoutPause(taking.why, taking.detail, taking.is_resumed);
    const pause = taking?.pause ?? null;
    const failure = await this.#measure(pause, taking?.lease ?? null).then(
      () => null,
      (error: unknown) => error,
    );
    if (isCancellation(failure)) this.#stop = { reason: 'cancelled', detail: 'cancelled' };
    // Production first: whatever happened, it runs again before anything else is done.
    const ending = (await pause?.release(isCancellation(failure) ? 'cancelled' : 'released')) ?? null;
    if (failure instanceof Error && !isCancellation(failure)) throw failure;
    if (this.#stop?.reason !== 'cancelled') await this.#judgeUnlessCancelled();
    return end({
      run,
      reason: this.#stop?.reason ?? null,
      detail: [this.#stop?.detail, ending?.is_resumed === false ? `resume not verified: ${ending.detail}` : '']
        .filter((text) => text !== undefined && text !== '')
        .join('; '),
      models: this.#outcomes,
      is_resumed: ending?.is_resumed ?? null,
      paused_s: ending?.paused_s ?? 0,
    });
  }

  #endWithoutPause(why: 'refused' | PauseEnd, detail: string, is_resumed: boolean): Promise<BenchRunResult> {
    return end({ run: this.#run, reason: 'pause_failed', detail: `${why}: ${detail}`, is_resumed });
  }

  async #measure(pause: HeldPause | null, lease: { readonly token: number; readonly deadline_at: string } | null): Promise<void> {
    const run = this.#run;
    const plan = await recordOf(run).openBenchRun({
      run,
      checks: this.#checks,
      lease: lease === null ? null : { token: lease.token, deadline_iso: lease.deadline_at },
      slot_token: this.#slotToken,
    });
    for (const [index, model] of run.models.entries()) {
      const input = { run, model, plan, deadline: lease?.deadline_at ?? null };
      const outcome = await this.#measureModel(`${run.run_id}/${index + 1}`, input, pause);
      this.#outcomes.push(outcome);
      if (this.#stop !== null) return;
    }
  }

  /** Races the model's pass against the end of the pause: what is measured beside a running production says nothing. */
  async #measureModel(workflowId: string, input: Parameters<typeof benchModel>[0], pause: HeldPause | null): Promise<ModelOutcome> {
    const { model } = input;
    const scope = new CancellationScope();
    const pass = scope.run(() => executeChild(benchModel, { workflowId, args: [input] }));
    const watch = scope.run(() => this.#untilDisturbed(pause));
    watch.catch(() => undefined);
    try {
      const first = await Promise.race([pass, watch]);
      if ('ended' in first) return this.#outcomeOf(model, first);
      return this.#disturbed(model, first);
    } finally {
      scope.cancel();
      // The current call ends first: production is not resumed beside it.
      await pass.catch(() => undefined);
    }
  }

  #outcomeOf(model: string, { ended, error }: BenchModelResult): ModelOutcome {
    if (ended === 'deadline') this.#stop = { reason: 'deadline', detail: `the pause had to end before ${model} was measured` };
    return { model, errors: error === undefined ? [] : [error], prod_restart: null, is_lease_lost: error?.type === 'LeaseLostError' };
  }

  #disturbed(model: string, { why, detail }: Disturbance): ModelOutcome {
    if (why === 'prod_restart') this.#stop = { reason: null, detail: `production did not stay paused: ${detail}` };
    else this.#stop = { reason: why === 'deadline' ? 'deadline' : 'lease_lost', detail: `${why}: ${detail}` };
    return { model, errors: [], prod_restart: why === 'prod_restart' ? detail : null, is_lease_lost: this.#stop.reason === 'lease_lost' };
  }

  async #untilDisturbed(pause: HeldPause | null): Promise<Disturbance> {
    if (pause !== null) return pause.untilBroken();
    const { watchAbsence } = benchActivities(this.#run, BENCH_PROFILES.watch);
    return { why: 'prod_restart', ...(await watchAbsence(this.#run)) };
  }

  async #judgeUnlessCancelled(): Promise<void> {
    try {
      await this.#judge();
    } catch (error) {
      if (!isCancellation(error)) throw error;
      this.#stop = { reason: 'cancelled', detail: 'cancelled while answers were judged' };
    }
  }

  /** After production runs again: the judge's calls need the server, but not the machine alone. */
  async #judge(): Promise<void> {
    for (const [index, outcome] of this.#outcomes.entries()) {
      if (outcome.errors.length > 0) continue;
      try {
        await this.#judgeModel(outcome.model);
      } catch (error) {
        if (isCancellation(error)) {
          this.#stop = { reason: 'cancelled', detail: 'cancelled while the judge read' };
          return;
        }
        if (!(error instanceof ActivityFailure)) throw error;
        // The run comes to its last record all the same, and says what went wrong.
        this.#outcomes[index] = { ...outcome, errors: [{ step: 'judge', ...tellFailure(error) }] };
      }
    }
  }

  async #judgeModel(model: string): Promise<void> {
    const run = this.#run;
    const { calls } = await recordOf(run).planJudge({ run, model });
    for (const { batch, calls: count } of batches('judge', calls)) {
      // A reply that cannot be read is asked for once more.
      const startToCloseTimeout = longestBatchMs(2 * count, run.settings.call_timeout_ms);
      const inSlot = { taskQueue: run.slot_queue, cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED };
      const { callBatch } = lastingActivities(run, { ...BENCH_PROFILES.batch, ...inSlot, startToCloseTimeout });
      await callBatch({ run, model, purpose: 'judge', batch });
    }
  }
}

interface Disturbance {
  readonly why: PauseEnd;
  readonly detail: string;
}

/** Null when nothing is to be paused: there is no production, or none is running. */
function pauseRequest(run: BenchRunInput, checks: readonly PreflightCheck[]): PauseRequest | null {
  const { production_url, ttl_s, renew_every_s, max_pause_s } = run.settings;
  const isRunning = checks.some(({ check: name, status }) => name === 'prod_reachable' && status === 'pass');
  if (production_url === null || run.guard_id === null || !isRunning) return null;
  return {
    guard_id: run.guard_id,
    production_url,
    owner: run.run_id,
    ttl_s,
    renew_every_s,
    max_pause_s,
    quiescence_limit_s: QUIESCENCE_LIMIT_S,
    quiescence_poll_s: QUIESCENCE_POLL_S,
    watch_every_s: WATCH_EVERY_S,
  };
}

/** Sums up the models and writes the last record, whatever was cancelled meanwhile. */
function end(outcome: Pick<RunOutcome, 'run' | 'reason' | 'detail'> & Partial<RunOutcome>): Promise<BenchRunResult> {
  return CancellationScope.nonCancellable(async () => {
    const { run, models = [] } = outcome;
    for (const model of models) await recordOf(run).summarizeModel({ run, outcome: model });
    return recordOf(run).endBenchRun({ is_resumed: null, paused_s: 0, ...outcome, models });
  });
}
