import {
  ActivityFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  getExternalWorkflowHandle,
  isCancellation,
  proxyActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  OpenedLease,
  PauseGuardActivities,
  PauseGuardInput,
  PauseGuardResult,
  PauseOwnerActivities,
  PauseReport,
  StartedGuard,
  TakenPause,
} from '../activities/pause-contract.ts';
import type { PauseEnd } from '../schemas/vocabulary.ts';
import { PAUSE_PROFILES } from '../temporal.config.ts';
import { messageOf } from './message-of.ts';
import { pauseReportSignal, releaseSignal, renewSignal } from './pause-signals.ts';

/**
 * Owns the pause of one production system: guard process first, then marker, then pause; renewals for as long as the owner asks for them; and a
 * resume that is verified, whatever ended the pause. The detached guard process does the same without this workflow when nobody renews.
 */
export async function pauseGuard(input: PauseGuardInput): Promise<PauseGuardResult> {
  const pause = new GuardedPause(input);
  const lease = input.held ?? (await CancellationScope.nonCancellable(() => pause.open()));
  if (lease === null) return { state: 'refused', why: null, token: null, resumed_at: null };
  const why = await pause.keep(lease, input.held);
  return CancellationScope.nonCancellable(() => pause.end(lease, why));
}

/** Activities of the worker that works on the run. */
const OWNER = {
  start: proxyActivities<PauseOwnerActivities>(PAUSE_PROFILES.startGuard),
  look: proxyActivities<PauseOwnerActivities>(PAUSE_PROFILES.look),
  renew: proxyActivities<PauseOwnerActivities>(PAUSE_PROFILES.renew),
  resume: proxyActivities<PauseOwnerActivities>(PAUSE_PROFILES.resume),
};

type Profile = Exclude<keyof typeof PAUSE_PROFILES, 'startGuard' | 'look' | 'renew' | 'quiescence'>;

/** For the last poll of work in flight to come back. */
const QUIESCENCE_MARGIN_S = 15;

class GuardedPause {
  readonly #input: PauseGuardInput;
  /** When the owner last said that it lives, and the last time that stands in the marker. */
  #askedMs = 0;
  #renewedMs = 0;
  #renewals = 0;
  #taken: TakenPause | null = null;
  #end: { readonly why: PauseEnd; readonly detail: string } | null = null;

  /** Sets the handlers; must run before the workflow first waits. */
  constructor(input: PauseGuardInput) {
    this.#input = input;
    setHandler(renewSignal, (at) => void (this.#askedMs = Math.max(this.#askedMs, Date.parse(at))));
    setHandler(releaseSignal, (why) => this.#stop(why, 'asked for by the run'));
  }

  /** Starts the guard and opens the lease; null when that was refused. */
  async open(): Promise<OpenedLease | null> {
    const { production_url } = this.#input;
    let detail = 'no guard';
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      try {
        const guard = await OWNER.start.startGuard({ production_url });
        const opening = await this.#guard('openLease', guard).openLease({ ...this.#input, owner_process: guard.owner_process });
        if (opening.opened) return opening;
        detail = opening.found;
        break;
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        // Between its sign of life and the call the guard may have ended, having waited too long for a lease.
        detail = messageOf(error);
      }
    }
    await this.#tell({ state: 'refused', detail });
    return null;
  }

  /** Pauses, renews and watches until something ends the pause; says what. */
  async keep(lease: OpenedLease, held: PauseGuardInput['held']): Promise<PauseEnd> {
    this.#renewedMs = Date.parse(held?.renewed_at ?? lease.started_at);
    try {
      await CancellationScope.cancellable(async () => {
        const scope = CancellationScope.current();
        const going = [this.#renew(lease), this.#pauseAndWatch(lease, held)];
        // A failure of these ends the pause by a reason of its own.
        for (const work of going) work.catch(() => undefined);
        await this.#untilEnd(lease);
        scope.cancel();
        await Promise.allSettled(going);
      });
      if (this.#end === null) await this.#goOn(lease);
    } catch (error) {
      if (!isCancellation(error)) throw error;
      this.#stop('cancelled', 'the guard was cancelled');
    }
    return this.#end?.why ?? 'cancelled';
  }

  /** Resumes until it is verified, and tells the owner. */
  async end({ token, started_at }: OpenedLease, why: PauseEnd): Promise<PauseGuardResult> {
    if (why !== 'released' && why !== 'cancelled') await this.#tell({ state: 'broken', why, detail: this.#end?.detail ?? '' });
    for (let profile: Profile = 'resume'; ; profile = 'resumeForEver') {
      try {
        const { state, holder } = await OWNER.look.lookAtLease({ token });
        // Another lease could be opened only because this one's end was verified.
        if (state === 'lost' && holder !== null) return { state: 'lost', why, token, resumed_at: null };
        const call = { production_url: this.#input.production_url, token, why };
        // The guard does not wait for us: where it was faster, only the time of that is asked for.
        const { resumed_at } = await (state === 'resumed' ? OWNER.resume.resumeWithoutGuard(call) : this.#resume(call, profile));
        await this.#tell({ state: 'resumed', why, started_at, resumed_at });
        await condition(allHandlersFinished);
        return { state: 'resumed', why, token, resumed_at };
      } catch (error) {
        if (!(error instanceof ActivityFailure)) throw error;
        if (profile === 'resume') await this.#tell({ state: 'resume_pending', why, detail: messageOf(error) });
        await sleep('5 seconds');
      }
    }
  }

  #stop(why: PauseEnd, detail: string): void {
    this.#end ??= { why, detail };
  }

  async #pauseAndWatch(lease: OpenedLease, held: PauseGuardInput['held']): Promise<void> {
    const { production_url, watch_every_s: every_s } = this.#input;
    const call = { production_url, token: lease.token };
    try {
      const guard = await OWNER.start.startGuard({ production_url });
      const taken = held ?? (await this.#take(call, guard));
      if (taken === null) return;
      if (held === undefined) {
        const { token, started_at, deadline_at } = lease;
        await this.#tell({ state: 'held', token, started_at, deadline_at, production: taken.production });
      }
      this.#taken = taken;
      const { seen, detail } = await this.#guard('watch', guard).watchPause({ ...call, production: taken.production, every_s });
      this.#stop(seen === 'prod_restart' ? seen : (this.#runOut(lease) ?? 'lease_lost'), detail);
    } catch (error) {
      if (!isCancellation(error)) this.#stop('pause_failed', messageOf(error));
    }
  }

  /** Production paused and without work in flight; null when it did not come to that. */
  async #take(call: { readonly production_url: string; readonly token: number }, guard: StartedGuard): Promise<TakenPause | null> {
    const { quiescence_limit_s: limit_s, quiescence_poll_s: poll_every_s } = this.#input;
    const taken = await this.#guard('pause', guard).pauseProduction(call);
    if (taken.is_quiescent) return taken;
    const startToCloseTimeout = (limit_s + QUIESCENCE_MARGIN_S) * 1000;
    const options = { ...PAUSE_PROFILES.quiescence, startToCloseTimeout, taskQueue: guard.queue };
    const { awaitQuiescence } = proxyActivities<PauseGuardActivities>(options);
    const quiescence = await awaitQuiescence({ ...call, production: taken.production, limit_s, poll_every_s });
    if (quiescence.state === 'quiescent') return taken;
    this.#stop(quiescence.state, quiescence.detail);
    return null;
  }

  /** Writes into the marker when the owner last said that it lives: never more than that, however late it is heard. */
  async #renew({ token }: OpenedLease): Promise<void> {
    const { production_url } = this.#input;
    for (;;) {
      await condition(() => this.#askedMs > this.#renewedMs);
      const at = this.#askedMs;
      try {
        await OWNER.renew.renewLease({ production_url, token, at: new Date(at).toISOString() });
        this.#renewedMs = at;
        this.#renewals += 1;
      } catch (error) {
        if (isCancellation(error)) return;
        const isLost = error instanceof ActivityFailure && (error.cause as { type?: string } | undefined)?.type === 'LeaseLostError';
        this.#stop(isLost ? 'lease_lost' : 'guard_lost', messageOf(error));
        return;
      }
    }
  }

  async #untilEnd(lease: OpenedLease): Promise<void> {
    while (this.#end === null && !this.#isLong()) {
      const why = this.#runOut(lease);
      if (why !== null) this.#stop(why, 'its time has run out');
      else await condition(() => this.#end !== null || this.#isLong(), this.#timeLeftMs(lease));
    }
  }

  #timeLeftMs({ deadline_at }: OpenedLease): number {
    return Math.min(this.#renewedMs + this.#input.ttl_s * 1000, Date.parse(deadline_at)) - Date.now();
  }

  #runOut(lease: OpenedLease): 'ttl' | 'deadline' | null {
    if (Date.parse(lease.deadline_at) <= Date.now()) return 'deadline';
    return this.#timeLeftMs(lease) <= 0 ? 'ttl' : null;
  }

  /** A pause of many hours is renewed more often than one history holds. */
  #isLong(): boolean {
    const isFull = workflowInfo().continueAsNewSuggested || this.#renewals >= (this.#input.renewals_per_history ?? Infinity);
    return this.#taken !== null && isFull;
  }

  /** Goes on with a fresh history; the lease stays the same. */
  async #goOn(lease: OpenedLease): Promise<void> {
    const renewed_at = new Date(this.#renewedMs).toISOString();
    const { token, started_at, deadline_at } = lease;
    await continueAsNew<typeof pauseGuard>({ ...this.#input, held: { token, started_at, deadline_at, ...this.#taken!, renewed_at } });
  }

  async #resume(
    call: Parameters<PauseOwnerActivities['resumeWithoutGuard']>[0],
    profile: Profile,
  ): Promise<{ readonly resumed_at: string }> {
    try {
      const guard = await OWNER.start.startGuard(call);
      return await this.#guard(profile, guard).resumeProduction(call);
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      // The guard is gone, or as helpless as we are: one try from here costs nothing.
      return OWNER.resume.resumeWithoutGuard(call);
    }
  }

  #guard(profile: Profile, { queue }: StartedGuard): PauseGuardActivities {
    return proxyActivities<PauseGuardActivities>({ ...PAUSE_PROFILES[profile], taskQueue: queue });
  }

  /** The owner may be gone; then nobody needs to know. */
  async #tell(report: PauseReport): Promise<void> {
    const { parent } = workflowInfo();
    // That very execution: a later one of the same id has a pause of its own.
    const runId = parent?.workflowId === this.#input.owner ? parent.runId : undefined;
    await getExternalWorkflowHandle(this.#input.owner, runId)
      .signal(pauseReportSignal, report)
      .catch(() => undefined);
  }
}
