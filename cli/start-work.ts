import { randomBytes } from 'node:crypto';
import { now } from '../adapters/clock.ts';
import { sha256 } from '../adapters/digest.ts';
import { formRunId } from '../domain/bench/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import type { EngineSession } from './engine-session.ts';
import { followWork, type WorkWords } from './follow-work.ts';
import type { Io } from './io.ts';
import type { ShownProgress } from './progress.ts';
import { evalOwnerPath } from './run-owner.ts';
import { unlessCancelled } from './unless-cancelled.ts';

/** What is known of a run once it is to begin. */
export interface RunBegun {
  readonly run_id: string;
  readonly started_at: string;
}

/** An evaluation that what decides it makes known: the same order, given again while it goes on, joins it. */
export interface OrderedWork {
  /** Name of the workflow. */
  readonly workflow: string;
  /** What its ids begin with: that of the workflow, and that of the run. */
  readonly prefixes: { readonly workflow: string; readonly run: string };
  /** All that decides what comes of it, the workspace aside. */
  readonly decidedBy: object;
  readonly giveUpAfterMs: number;
  inputOf(run: RunBegun): object;
  /** Called before work begins that nobody does yet; what it throws keeps it from beginning. */
  readonly beforeStart?: (run: RunBegun) => void;
  /** Called once it is known that this work is ours and new. */
  readonly onStarted?: (run: RunBegun) => void;
  /** How far the run of that id has come. */
  readonly progress: (runId: string) => ShownProgress | undefined;
  readonly words: WorkWords;
}

/** Starts an evaluation or joins the one that does the same, and follows it to its end. Null when this command was interrupted before, which is told. */
export async function startWork<Result>(io: Io, session: EngineSession, work: OrderedWork): Promise<Result | null> {
  const { root, id: workspaceId } = session.workspace;
  const hash = sha256(canonicalJson({ workspaceId, ...work.decidedBy }));
  const startedAt = now();
  const run_id = formRunId({ startedAt, configHash: hash, randomBytes: randomBytes(6) }).replace(/^run/, work.prefixes.run);
  const run: RunBegun = { run_id, started_at: startedAt };
  const followed = await unlessCancelled(io, () =>
    followWork<Result>(io, session, {
      workflow: work.workflow,
      workflowId: `${work.prefixes.workflow}-${hash.slice(0, 12)}`,
      id: run_id,
      input: work.inputOf(run),
      slotQueues: [],
      giveUpAfterMs: work.giveUpAfterMs,
      ownerPath: (id) => evalOwnerPath(root, id),
      ...(work.beforeStart === undefined ? {} : { beforeStart: () => work.beforeStart?.(run) }),
      onStarted: () => work.onStarted?.(run),
      progress: work.progress,
      words: work.words,
    }),
  );
  if (followed?.ended === 'detached') io.err(`detached; ${followed.id} goes on.`);
  return followed?.ended === 'finished' ? followed.result : null;
}
