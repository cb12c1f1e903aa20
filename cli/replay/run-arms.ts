import type { ReplayArm, ReplayArmsResult, ReplayArmsRun } from '../../activities/replay-arms-contract.ts';
import { openWorkStore, type WorkStore } from '../../adapters/work-store.ts';
import type { ReplayAb } from '../../schemas/replay-ab.ts';
import type { ReplayStudy } from '../../schemas/replay-study.ts';
import { queueRun } from '../../worker/inputs/replay-queue.ts';
import { withEngine } from '../engine-session.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { WorkWords } from '../follow-work.ts';
import type { Io } from '../io.ts';
import type { ShownProgress } from '../progress.ts';
import { startWork } from '../start-work.ts';
import { compactWhenFull } from './compact-when-full.ts';
import { orderReplays, type ReplaysOptions } from './order-replays.ts';
import { armsFooter } from './replay-footer.ts';
import { replaysDone } from './replays-done.ts';
import { waitingStage } from './waiting-stage.ts';
import { writeReplayPages } from './write-replay-pages.ts';

/** Queues that are compared. */
export interface ArmsOrder<Report> {
  readonly kind: ReplayArmsRun['kind'];
  /** How many there are. */
  readonly count: number;
  /** Parts of the playbooks that arms have, where it is not all of them. */
  readonly shares?: readonly number[];
  /** The arms, given all playbooks, and those of each share. */
  readonly armsOf: (corpus: ReplayArmsRun['corpus'], corpora: readonly ReplayArmsRun['corpus'][]) => readonly ReplayArm[];
  readonly tell: (report: Report) => string;
  /** The report as files named after `name`, its page last. */
  readonly pages: (report: Report, name: string) => readonly { readonly name: string; readonly text: string }[];
}

/** Options of every command that compares queues. */
export interface ArmsOptions extends ReplaysOptions {
  readonly seed: number;
  /** Where the page is to be. */
  readonly report?: string;
}

const WORDS: WorkWords = {
  stopping: 'stopping after the tasks in progress; interrupt again to end at once …',
  terminated: '',
  remedy: 'Tasks that were replayed stand in the log; the same command begins anew.',
};

/** Replays the tasks of a file in one queue after the other, durably, and shows what comes of comparing them. Exit code 2 when a task has no answer in one. */
export async function runArms<Report extends ReplayAb | ReplayStudy>(
  io: Io,
  options: ArmsOptions,
  order: ArmsOrder<Report>,
): Promise<ExitCode> {
  const { kind, count, shares = [] } = order;
  const { seed } = options;
  const command = `replay ${kind}`;
  const ordered = await orderReplays(io, options, { command, what: `all ${count} arms`, arms: count, shares });
  if (ordered === null) return EXIT.impossible;
  const { root, config, queue, corpora, capUsd, estimatedUsd } = ordered;
  const corpus = ordered.corpus!;
  const arms = order.armsOf(corpus, corpora);
  const store = openWorkStore(root, 'replay');
  return withEngine(io, { workspaceDir: root, config, keepServer: options.keepServer ?? false }, async (session) => {
    const result = await startWork<ReplayArmsResult>(io, session, {
      workflow: 'replayArms',
      prefixes: { workflow: `replay-${kind}`, run: kind },
      decidedBy: { arms, seed, prepared: queue, cost: config.cost, capUsd },
      giveUpAfterMs: config.engine.give_up_after_s * 1000,
      inputOf: ({ run_id, started_at }): { run: ReplayArmsRun } => {
        const frame = { run_id, command, cap_usd: capUsd };
        const common = queueRun(queue, { runId: run_id, startedAt: started_at, cost: config.cost, frame });
        return { run: { run_id, started_at, kind, arms, queue: common, corpus, seed, estimated_usd: estimatedUsd } };
      },
      progress: (id) => {
        const shown = progressOf(store, id, { arms, tasks: queue.count });
        return { ...shown, stage: waitingStage(root, queue) ?? shown.stage };
      },
      words: WORDS,
    });
    if (result === null) return EXIT.interrupted;
    const kept = store.read<Report>(result.run_id, 'report');
    const report = { ...kept, footer: await armsFooter(io, kept) };
    const { report: path, json } = options;
    if (path !== undefined) writeReplayPages(io, path, (name) => order.pages(report, name));
    io.out(json === true ? JSON.stringify(report, null, 2) : order.tell(report));
    await compactWhenFull(io, root, config.replay.log_max_bytes);
    return result.exit_code;
  });
}

/** Tasks that stand in the log, of those of all arms; the stage is the arm that was begun last. */
function progressOf(
  store: WorkStore,
  runId: string,
  { arms, tasks }: { readonly arms: readonly ReplayArm[]; readonly tasks: number },
): ShownProgress {
  const done = arms.map(({ id }) => replaysDone(store, `${runId}-${id}`));
  const begun = done.findLastIndex((count) => count > 0);
  return {
    run_id: runId,
    stage: arms[Math.max(0, begun)]!.id,
    done: done.reduce((sum, count) => sum + count, 0),
    total: arms.length * tasks,
    rows: 0,
    paused: null,
  };
}
