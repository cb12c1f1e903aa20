/** The activities of a pause as workflows see them: types only. */
import type { PausedProduction } from '../domain/pause/index.ts';
import type { LeaseState, PauseEnd } from '../schemas/vocabulary.ts';

/** A process on a host; `pid_started` tells a reused id apart. */
export interface OwnerProcess {
  readonly host: string;
  readonly pid: number;
  readonly pid_started: string;
}

/** What a pause is asked for with. All times are in seconds. */
export interface PauseRequest {
  /** Id of the workflow that owns the pause: one for each production system, so that a second pause of it is refused. */
  readonly guard_id: string;
  readonly production_url: string;
  /** Workflow id of the run that the pause is for; it renews the lease, and is told how the pause goes. */
  readonly owner: string;
  readonly ttl_s: number;
  readonly renew_every_s: number;
  readonly max_pause_s: number;
  /** How long work in flight may take to end, and how often it is asked for. */
  readonly quiescence_limit_s: number;
  readonly quiescence_poll_s: number;
  /** How often health is looked at during the pause. */
  readonly watch_every_s: number;
  /** How long the run waits for the end of its pause before it counts as pending; the guard goes on. A minute unless stated. */
  readonly resume_patience_s?: number;
  /** Fewer than usual where a test looks at continue-as-new. */
  readonly renewals_per_history?: number;
}

/** A guard that answers, and who asked for it. */
export interface StartedGuard {
  /** Queue that the guard's activities run on. */
  readonly queue: string;
  readonly guard_pid: number;
  readonly owner_process: OwnerProcess;
}

/** A lease that was opened. */
export interface OpenedLease {
  readonly token: number;
  readonly started_at: string;
  readonly deadline_at: string;
}

export type LeaseOpening = ({ readonly opened: true } & OpenedLease) | { readonly opened: false; readonly found: string };

export interface LeaseCall {
  readonly production_url: string;
  readonly token: number;
}

export interface TakenPause {
  readonly production: PausedProduction;
  readonly is_quiescent: boolean;
}

export type Quiescence =
  | { readonly state: 'quiescent' }
  | { readonly state: 'not_quiescent'; readonly detail: string }
  | { readonly state: 'prod_restart'; readonly detail: string };

/** Where a lease stands, by its marker. `resumed`: its end was verified. `lost`: another one has taken its place, or it is gone unverified. */
export interface LeaseLook {
  readonly state: LeaseState | 'none' | 'lost' | 'unreadable';
  readonly renewed_at: string | null;
  /** The lease that stands there now. */
  readonly holder: { readonly owner: string; readonly token: number } | null;
}

/** Activities of the worker that works on the run: they prove that it lives. */
export interface PauseOwnerActivities {
  /** Makes sure that a guard answers; starts one where none does. */
  startGuard(input: { readonly production_url: string }): Promise<StartedGuard>;
  /** Where a lease stands; without a token, whether any stands at all. */
  lookAtLease(input: { readonly token: number | null }): Promise<LeaseLook>;
  /** The same as the guard's, for when no guard can be had. */
  resumeWithoutGuard(input: LeaseCall & { readonly why: PauseEnd }): Promise<{ readonly resumed_at: string }>;
  /** Renews as of `at`, when the owner last showed a sign of life, and revives a guard that is gone. LeaseLostError for a stale token. */
  renewLease(input: LeaseCall & { readonly at: string }): Promise<LeaseLook>;
}

/** Activities of the detached guard process, on its own queue. */
export interface PauseGuardActivities {
  /** Writes the marker; refused while another lease is not `resumed`, and where production is paused already. */
  openLease(input: PauseRequest & { readonly owner_process: OwnerProcess }): Promise<LeaseOpening>;
  /** Pauses, and finds production paused. ProductionError for everything else. */
  pauseProduction(input: LeaseCall): Promise<TakenPause>;
  /** Asks until no work is in flight. */
  awaitQuiescence(
    input: LeaseCall & { readonly production: PausedProduction; readonly limit_s: number; readonly poll_every_s: number },
  ): Promise<Quiescence>;
  /** Returns as soon as production is not the one that was paused, or its lease has ended; ends only so, or when it is cancelled. */
  watchPause(
    input: LeaseCall & { readonly production: PausedProduction; readonly every_s: number },
  ): Promise<{ readonly seen: 'prod_restart' | 'lease_ended'; readonly detail: string }>;
  /** Resumes and verifies; ProductionError until that has succeeded. */
  resumeProduction(input: LeaseCall & { readonly why: PauseEnd }): Promise<{ readonly resumed_at: string }>;
}

/** What the guard workflow tells its owner. */
export type PauseReport =
  | { readonly state: 'refused'; readonly detail: string }
  /** Nothing is in flight: measuring may begin. */
  | ({ readonly state: 'held'; readonly production: PausedProduction } & OpenedLease)
  /** The pause does not hold any more, and production is being resumed. Before `held`: it was never taken. */
  | { readonly state: 'broken'; readonly why: PauseEnd; readonly detail: string }
  /** Verified. */
  | { readonly state: 'resumed'; readonly why: PauseEnd; readonly started_at: string; readonly resumed_at: string }
  /** The guard goes on trying; the marker and its alarm stay. */
  | { readonly state: 'resume_pending'; readonly why: PauseEnd; readonly detail: string };

/** What is left of a pause in the history of its guard. */
export interface PauseGuardResult {
  readonly state: 'refused' | 'resumed' | 'lost';
  readonly why: PauseEnd | null;
  readonly token: number | null;
  readonly resumed_at: string | null;
}

/** What the guard workflow is started with; `held` is what it goes on with after a continue-as-new. */
export interface PauseGuardInput extends PauseRequest {
  readonly held?: OpenedLease & TakenPause & { readonly renewed_at: string };
}
