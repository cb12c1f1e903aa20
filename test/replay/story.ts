import { Context } from '@temporalio/activity';
import type { WorkflowHandle } from '@temporalio/client';
import type { BenchActivities } from '../../activities/bench-contract.ts';
import type { ContradictionsActivities } from '../../activities/contradictions-contract.ts';
import type { DistillActivities } from '../../activities/contract.ts';
import type { LongMemEvalActivities } from '../../activities/eval-contract.ts';
import type { PanelActivities } from '../../activities/panel-contract.ts';
import type { PauseGuardActivities, PauseOwnerActivities } from '../../activities/pause-contract.ts';
import type { ProbeActivities } from '../../activities/probe-contract.ts';
import type { ReplayArmsActivities } from '../../activities/replay-arms-contract.ts';
import type { ReplayActivities } from '../../activities/replay-contract.ts';
import type { SuitesActivities } from '../../activities/suites-contract.ts';
import type * as workflows from '../../workflows/index.ts';

/** Everything that a workflow can call. */
export type Activities = DistillActivities &
  BenchActivities &
  PauseOwnerActivities &
  PauseGuardActivities &
  LongMemEvalActivities &
  SuitesActivities &
  PanelActivities &
  ContradictionsActivities &
  ProbeActivities &
  ReplayActivities &
  ReplayArmsActivities;

/** Something that happens to a workflow, and how it ends. */
export interface Story {
  readonly workflow: keyof typeof workflows;
  readonly name: string;
  /** What the workflow is started with. */
  input(place: StoryPlace): object;
  /** Activities that do something else than the usual stand-ins: here things happen to the workflow. */
  standIns?(run: WorkflowHandle): Partial<Activities>;
  /** Goes on beside the workflow, from its start. */
  meanwhile?(run: WorkflowHandle): Promise<void>;
  /** Type of the last event of each part of the workflow. */
  readonly endings: readonly string[];
}

export interface StoryPlace {
  readonly workflowId: string;
  /** The one queue that everything in a story runs on. */
  readonly taskQueue: string;
}

export const COMPLETED = 'EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED';
export const CONTINUED = 'EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW';

/** Files that the histories of a story are kept in, one for each part. */
export function historyFiles({ workflow, name, endings }: Story): readonly string[] {
  return endings.map((_, index) => `${workflow}-${name}${endings.length === 1 ? '' : `-part-${index + 1}`}.json`);
}

/** Keeps an activity going until the engine cancels it. */
export async function heartbeatUntilCancelled(): Promise<never> {
  const beat = setInterval(() => Context.current().heartbeat(), 50);
  try {
    return await Context.current().cancelled;
  } finally {
    clearInterval(beat);
  }
}
