import {
  CancellationScope,
  ChildWorkflowCancellationType,
  condition,
  getExternalWorkflowHandle,
  isCancellation,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  sleep,
  startChild,
} from '@temporalio/workflow';
import type { OpenedLease, PauseOwnerActivities, PauseReport, PauseRequest } from '../activities/pause-contract.ts';
import type { PauseEnd } from '../schemas/vocabulary.ts';
import { PAUSE_DEFAULTS, PAUSE_PROFILES } from '../temporal.config.ts';
import { pauseGuard } from './pause-guard.ts';
import { pauseReportSignal, releaseSignal, renewSignal } from './pause-signals.ts';

type Report<State extends PauseReport['state']> = Extract<PauseReport, { readonly state: State }>;

/** A pause that is held, or why there is none; `is_resumed` says whether production is known to be unpaused then. */
export type PauseTaking =
  | { readonly taken: true; readonly pause: HeldPause; readonly lease: OpenedLease }
  | { readonly taken: false; readonly why: 'refused' | PauseEnd; readonly detail: string; readonly is_resumed: boolean };

/** How a pause ended, as far as its owner waited for it. */
export interface PauseEnding {
  /** True only when the resume is verified; otherwise the guard goes on trying, and marker and alarm stay. */
  readonly is_resumed: boolean;
  readonly detail: string;
  readonly paused_s: number;
}

const AGAIN_MS = 2_000;

const { lookAtLease } = proxyActivities<PauseOwnerActivities>(PAUSE_PROFILES.look);

/** The pause of production, as the run sees it that asked for it. Renews its lease by itself for as long as the run's workflow lives. */
export class HeldPause {
  readonly #request: PauseRequest;
  readonly #renewals = new CancellationScope();
  #startedMs = Date.now();
  #held: Report<'held'> | null = null;
  #broken: Report<'broken'> | null = null;
  #ended: Report<'refused' | 'resumed' | 'resume_pending'> | null = null;

  private constructor(request: PauseRequest) {
    this.#request = request;
    setHandler(pauseReportSignal, (report) => this.#hear(report));
  }

  /** Pauses production and waits until nothing is in flight. When the run is cancelled meanwhile, the pause is ended first. */
  static async take(request: PauseRequest): Promise<PauseTaking> {
    const pause = new HeldPause(request);
    const holder = await pause.#start();
    if (holder !== null) return { taken: false, why: 'refused', detail: holder, is_resumed: true };
    void CancellationScope.nonCancellable(() => pause.#renewals.run(() => pause.#renew())).catch(() => undefined);
    try {
      await condition(() => pause.#held !== null || pause.#broken !== null || pause.#ended !== null);
    } catch (error) {
      if (isCancellation(error)) await pause.release('cancelled');
      throw error;
    }
    if (pause.#broken === null && pause.#held !== null) return { taken: true, pause, lease: pause.#held };
    const { why, detail } = pause.#broken ?? {
      why: 'refused' as const,
      detail: pause.#ended?.state === 'refused' ? pause.#ended.detail : '',
    };
    const is_resumed = why === 'refused' || (await pause.#untilResumed());
    pause.#renewals.cancel();
    return { taken: false, why, detail, is_resumed };
  }

  /** Why the pause does not hold any more; null while it does. What is measured from then on is not to be used. */
  get broken(): { readonly why: PauseEnd; readonly detail: string } | null {
    return this.#broken;
  }

  /** Waits until the pause does not hold any more. Cancel it when the measured work is over. */
  async untilBroken(): Promise<{ readonly why: PauseEnd; readonly detail: string }> {
    await condition(() => this.#broken !== null);
    return this.#broken!;
  }

  /** Ends the pause and waits until that is verified, also when the run is being cancelled. */
  release(why: Extract<PauseEnd, 'released' | 'cancelled'> = 'released'): Promise<PauseEnding> {
    return CancellationScope.nonCancellable(async () => {
      await this.#guard.signal(releaseSignal, why).catch(() => undefined);
      const is_resumed = await this.#untilResumed();
      this.#renewals.cancel();
      const endMs = this.#ended?.state === 'resumed' ? Date.parse(this.#ended.resumed_at) : Date.now();
      const detail = this.#ended?.state === 'resume_pending' ? this.#ended.detail : is_resumed ? '' : 'the guard has not answered yet';
      return { is_resumed, detail, paused_s: Math.max(0, endMs - this.#startedMs) / 1000 };
    });
  }

  get #guard() {
    return getExternalWorkflowHandle(this.#request.guard_id);
  }

  #hear(report: PauseReport): void {
    if (report.state === 'held') [this.#held, this.#startedMs] = [report, Date.parse(report.started_at)];
    else if (report.state === 'broken') this.#broken ??= report;
    else this.#ended = report;
  }

  /** Starts the guard workflow; who stands in the way, or null. */
  async #start(): Promise<string | null> {
    const { ttl_s, guard_id } = this.#request;
    const giveUpMs = Date.now() + ttl_s * 1000 + 30_000;
    for (;;) {
      try {
        // Once it is asked for it may be there: a run that is cancelled meanwhile has to end it.
        await CancellationScope.nonCancellable(() => startChild(pauseGuard, this.#guardOptions()));
        return null;
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'WorkflowExecutionAlreadyStartedError') throw error;
        const { holder } = await lookAtLease({ token: null });
        if (holder !== null) return `lease ${holder.token} of ${holder.owner}`;
        if (Date.now() > giveUpMs) return `guard ${guard_id}, open without a lease: its own workspace has no worker that could end it`;
        // The guard of an earlier pause that somebody else has ended: it notices when its time has run out.
        await sleep(AGAIN_MS);
      }
    }
  }

  #guardOptions() {
    return {
      workflowId: this.#request.guard_id,
      args: [this.#request] as [PauseRequest],
      // It must end the pause of a run that is gone.
      parentClosePolicy: ParentClosePolicy.ABANDON,
      cancellationType: ChildWorkflowCancellationType.ABANDON,
    };
  }

  async #renew(): Promise<void> {
    for (;;) {
      await sleep(this.#request.renew_every_s * 1000);
      try {
        await this.#guard.signal(renewSignal, new Date().toISOString());
      } catch (error) {
        if (isCancellation(error) || this.#ended !== null) return;
        // Only a guard that is not open cannot be told.
        this.#broken ??= { state: 'broken', why: 'lease_lost', detail: 'the guard is not there any more' };
        return;
      }
    }
  }

  async #untilResumed(): Promise<boolean> {
    await condition(
      () => this.#ended?.state === 'resumed' || this.#ended?.state === 'refused',
      (this.#request.resume_patience_s ?? PAUSE_DEFAULTS.resumePatienceS) * 1000,
    );
    return this.#ended?.state === 'resumed' || this.#ended?.state === 'refused';
  }
}
