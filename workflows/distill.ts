import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  continueAsNew,
  isCancellation,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import type { DistillActivities, DistillInput, DistillResult, StageCount, StageInput, StagePlan } from '../activities/contract.ts';
import { EXPORT_SETS, STAGES, type Stage } from '../schemas/vocabulary.ts';
import { HEARTBEAT_TIMEOUT_MS, PROFILES, SHARDS_PER_HISTORY } from '../temporal.config.ts';
import { RunControl } from './run-control.ts';
import { slideWindow } from './sliding-window.ts';

/** materialize → score → export → receipts → audit: real traces in, gated training data out. */
export async function distill(input: DistillInput): Promise<DistillResult> {
  const run = new DistillRun(input);
  try {
    return await run.finish(await run.stages());
  } catch (error) {
    throw await run.abandon(error);
  }
}

const FILES = [...EXPORT_SETS, 'quarantine'] as const;

class DistillRun {
  readonly #input: DistillInput;
  readonly #control: RunControl;
  readonly #done: StageCount[];
  readonly #shard: DistillActivities;
  readonly #dataset: DistillActivities;
  readonly #record: DistillActivities;

  constructor(input: DistillInput) {
    this.#input = input;
    this.#control = new RunControl(input.run_id, input.paused ?? null);
    this.#done = (input.done ?? []).filter((count) => count.settled);
    const heartbeatTimeout = input.heartbeat_timeout_ms ?? HEARTBEAT_TIMEOUT_MS;
    this.#shard = proxyActivities<DistillActivities>({ ...PROFILES.shard, heartbeatTimeout });
    this.#dataset = proxyActivities<DistillActivities>({ ...PROFILES.dataset, heartbeatTimeout });
    this.#record = proxyActivities<DistillActivities>({ ...PROFILES.record, heartbeatTimeout });
  }

  /** Does the stages up to the last one asked for. */
  async stages(): Promise<DistillInput> {
    const [shard, dataset, record] = [this.#shard, this.#dataset, this.#record];
    await this.#stage('materialize', dataset.planMaterialize, shard.materializeShard, dataset.settleMaterialize);
    await this.#stage('score', record.planScore, shard.scoreShard, dataset.settleScore);
    await this.#stage('export', record.planExport, shard.exportShard, async (stage) => {
      await this.#control.step(() => dataset.decideExport(this.#input));
      await Promise.all(FILES.map((set) => this.#control.step(() => dataset.writeExportSet({ run: this.#input, set }))));
      await record.settleExport(stage);
    });
    await this.#stage('receipts', undefined, undefined, record.writeReceipts);
    await this.#stage('audit', undefined, undefined, async (stage) => {
      await Promise.all(FILES.map((set) => this.#control.step(() => dataset.auditExportSet({ run: this.#input, set }))));
      await record.settleAudit(stage);
    });
    return this.#input;
  }

  async finish(input: DistillInput): Promise<DistillResult> {
    return this.#control.step(() => this.#record.finishRun({ ...input, resumed: (input.resumed ?? false) || this.#control.isAdopted }));
  }

  /** Leaves a record of a run that did not end by itself, and the failure to end it with. */
  async abandon(error: unknown): Promise<unknown> {
    // continue-as-new is thrown, too, but it is no end.
    if (!(error instanceof ActivityFailure) && !isCancellation(error)) return error;
    const state = isCancellation(error) ? 'cancelled' : 'failed';
    const cause = error instanceof ActivityFailure ? error.cause : undefined;
    const reason = state === 'cancelled' ? 'cancelled' : (cause?.message ?? 'an activity failed');
    await CancellationScope.nonCancellable(() => this.#record.abandonRun({ run: this.#input, state, reason }));
    if (state === 'cancelled' || !(cause instanceof ApplicationFailure)) return error;
    return ApplicationFailure.create({
      message: cause.message,
      type: cause.type ?? 'UnexpectedError',
      nonRetryable: true,
      details: cause.details ?? [],
    });
  }

  async #stage(
    stage: Stage,
    plan: ((input: DistillInput) => Promise<StagePlan>) | undefined,
    work: DistillActivities['materializeShard'] | undefined,
    settle: (stage: StageInput) => Promise<void>,
  ): Promise<void> {
    if (STAGES.indexOf(stage) > STAGES.indexOf(this.#input.until)) return;
    const known = this.#input.done?.find((count) => count.stage === stage);
    if (known?.settled === true) return;
    const started_at = known?.started_at ?? new Date().toISOString();
    let count: StageCount = { stage, started_at, settled: false, shards: 0, shards_reused: 0 };
    if (plan !== undefined && work !== undefined) {
      const { shards, pending, reused } = await this.#control.step(() => plan(this.#input));
      count = known ?? { ...count, shards, shards_reused: reused };
      this.#control.enter(stage, shards);
      this.#control.count(shards - pending.length, 0);
      await this.#eachShard(pending, work, count);
    } else this.#control.enter(stage, 1);
    await this.#control.step(() => settle({ run: this.#input, shards: count.shards, shards_reused: count.shards_reused, started_at }));
    this.#done.push({ ...count, settled: true });
  }

  async #eachShard(pending: readonly number[], work: DistillActivities['materializeShard'], count: StageCount): Promise<void> {
    const limit = this.#input.shards_per_history ?? SHARDS_PER_HISTORY;
    let started = 0;
    await slideWindow(
      pending,
      this.#input.window,
      async (index) => {
        const { rows } = await this.#control.step(() => work({ run: this.#input, index }));
        this.#control.count(1, rows);
      },
      async () => {
        await this.#control.whileNotPaused();
        if (started >= limit || workflowInfo().continueAsNewSuggested) return false;
        started += 1;
        return true;
      },
    );
    if (started < pending.length) await this.#goOn(count);
  }

  /** Goes on with a fresh history; the next part plans the stage again and finds only what is left. */
  async #goOn(count: StageCount): Promise<void> {
    const { paused, isAdopted } = this.#control;
    const done = [...this.#done, count];
    await continueAsNew<typeof distill>({ ...this.#input, paused, resumed: (this.#input.resumed ?? false) || isAdopted, done });
  }
}
