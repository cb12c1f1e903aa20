/** The work that compares queues of replays, as workflows see it: types only. What crosses are ids, counts and settings; tasks and answers stay in files. */
import type { ReplayRun } from '../schemas/replay-run.ts';
import type { ReplayChoices, ReplayQueueRun } from './replay-contract.ts';

/** One queue of several: the common one, but for what differs. */
export interface ReplayArm {
  /** Stands behind the id of the whole. */
  readonly id: string;
  readonly choices: Partial<ReplayChoices>;
  /** The playbooks that it is to find its bundles in; null for the baseline. */
  readonly corpus: ReplayRun['corpus'];
}

/** Queues over the same tasks, one after the other, paid out of one budget. Plain data. */
export interface ReplayArmsRun {
  readonly run_id: string;
  readonly started_at: string;
  /** `ab`: with playbooks, then without. `study`: the same again and again, over more and more of the playbooks. */
  readonly kind: 'ab' | 'study';
  readonly arms: readonly ReplayArm[];
  /** What they have in common. */
  readonly queue: ReplayQueueRun;
  /** All playbooks there are. */
  readonly corpus: NonNullable<ReplayRun['corpus']>;
  /** Of what the report draws by chance. */
  readonly seed: number;
  /** Of all arms, as it was told before the first one. */
  readonly estimated_usd: number;
}

/** How it ended: 2 where a task has no answer in an arm. */
export interface ReplayArmsResult {
  readonly run_id: string;
  readonly exit_code: 0 | 2;
}

export interface ReplayArmsActivities {
  /** Reads what came of every arm, those aside that were never begun, compares them, and writes the report. */
  endArms(run: ReplayArmsRun): Promise<ReplayArmsResult>;
}
