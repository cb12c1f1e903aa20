/** The activities of the nightly probe as workflows see them: types only. What crosses are ids, counts and settings; texts and rows stay in files. */
import type { ProbeKind, ProbeOutcome } from '../schemas/vocabulary.ts';
import type { BenchSweepInput, BenchSweepResult } from './bench-contract.ts';
import type { DistillInput, DistillResult } from './contract.ts';
import type { LongMemEvalRun } from './eval-contract.ts';
import type { ReplayQueueResult, ReplayQueueRun } from './replay-contract.ts';
import type { PanelBatchResult, PanelBatchRun } from './panel-contract.ts';

/** All that a schedule knows: which probe. What it looks at, with what and for how much is read from the config when it begins. */
export interface NightlyProbeInput {
  readonly probe: 'nightly';
  /** Id of a run by hand; absent for a scheduled one, which is known by its nominal time. */
  readonly run_id?: string;
}

/** One run of the probe. */
export interface ProbeNight {
  readonly run_id: string;
  /** When the schedule meant it to begin, in ISO 8601; null for one by hand. */
  readonly scheduled_at: string | null;
}

/** One kind of it. */
export interface ProbeOfNight extends ProbeNight {
  readonly kind: ProbeKind;
}

/** What a kind has done, each as a child of its own; `nothing` where it may not begin. */
export type OpenedProbe =
  | { readonly work: 'nothing' }
  | { readonly work: 'quality'; readonly run: LongMemEvalRun }
  | { readonly work: 'distill-drift'; readonly run: DistillInput }
  | { readonly work: 'determinism'; readonly sweep: BenchSweepInput }
  | { readonly work: 'replay-queue'; readonly run: ReplayQueueRun };

/** What the children came to; null where none came to an end. */
export type ProbeFindings =
  | { readonly work: 'quality'; readonly panel: PanelBatchResult | null }
  | { readonly work: 'distill-drift'; readonly run: DistillResult }
  | { readonly work: 'determinism'; readonly sweep: BenchSweepResult }
  | { readonly work: 'replay-queue'; readonly queue: ReplayQueueResult }
  | null;

/** Work that broke off, by the name of its error. */
export interface ProbeFailure {
  readonly type: string | null;
  readonly message: string;
}

/** How the probe of a kind ended. */
export interface ProbeEnded {
  readonly kind: ProbeKind;
  readonly outcome: ProbeOutcome;
  readonly exit_code: number;
  readonly detail: string | null;
  /** Its row in the audit file; null where it leaves none. */
  readonly run_uid: string | null;
}

/** How a run of the probe ended; the exit code is the worst of its kinds. */
export interface NightlyProbeResult {
  readonly run_id: string;
  readonly scheduled_at: string | null;
  readonly exit_code: number;
  readonly probes: readonly ProbeEnded[];
}

export interface ProbeActivities {
  /** The kinds to look at, as the config has them now. Once decided they hold for the run. */
  beginNight(night: ProbeNight): Promise<{ readonly kinds: readonly ProbeKind[] }>;
  /** Decides whether a kind may begin, and what it is made of then. Once decided that holds for the run. */
  openProbe(probe: ProbeOfNight): Promise<OpenedProbe>;
  /** The panel that judges the answers of the quality probe; null where there are none that could be judged. */
  openPanel(probe: ProbeOfNight): Promise<PanelBatchRun | null>;
  /** Says how a kind ended and leaves its row in the audit file, once however often it is called. */
  endProbe(input: {
    readonly probe: ProbeOfNight;
    readonly findings: ProbeFindings;
    readonly failure: ProbeFailure | null;
  }): Promise<ProbeEnded>;
  /** Tells whoever wants to know that the state of a kind changed. */
  tellProbe(probe: ProbeOfNight): Promise<void>;
}
