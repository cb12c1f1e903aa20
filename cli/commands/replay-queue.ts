import type { ReplayQueueResult } from '../../activities/replay-contract.ts';
import { openWorkStore } from '../../adapters/work-store.ts';
import type { ReplayQueueReport } from '../../schemas/replay-queue.ts';
import { queueRun } from '../../worker/inputs/replay-queue.ts';
import { withEngine } from '../engine-session.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { WorkWords } from '../follow-work.ts';
import type { Io } from '../io.ts';
import { compactWhenFull } from '../replay/compact-when-full.ts';
import { orderReplays, type ReplaysOptions } from '../replay/order-replays.ts';
import { replaysDone } from '../replay/replays-done.ts';
import { tellQueue } from '../replay/tell-queue.ts';
import { waitingStage } from '../replay/waiting-stage.ts';
import { startWork } from '../start-work.ts';

const COMMAND = 'replay queue';

const WORDS: WorkWords = {
  stopping: 'stopping after the tasks in progress; interrupt again to end at once …',
  terminated: '',
  remedy: 'Tasks that were replayed stand in the log; the same command begins a new queue.',
};

/** `lauter replay queue`: every task of a file replayed once, several at a time, durably. */
export async function replayQueueCommand(io: Io, options: ReplaysOptions): Promise<ExitCode> {
  const order = await orderReplays(io, options, { command: COMMAND, what: 'the queue', arms: 1 });
  if (order === null) return EXIT.impossible;
  const { root, config, queue, corpus, capUsd } = order;
  const store = openWorkStore(root, 'replay');
  return withEngine(io, { workspaceDir: root, config, keepServer: options.keepServer ?? false }, async (session) => {
    const result = await startWork<ReplayQueueResult>(io, session, {
      workflow: 'replayQueue',
      prefixes: { workflow: 'replay-queue', run: 'queue' },
      decidedBy: { prepared: queue, cost: config.cost, capUsd, corpus },
      giveUpAfterMs: config.engine.give_up_after_s * 1000,
      inputOf: ({ run_id: runId, started_at: startedAt }) => ({
        run: queueRun(queue, { runId, startedAt, cost: config.cost, frame: { run_id: runId, command: COMMAND, cap_usd: capUsd } }),
      }),
      progress: (id) =>
        store.has(id, 'plan')
          ? {
              run_id: id,
              stage: waitingStage(root, queue) ?? 'tasks',
              done: replaysDone(store, id),
              total: queue.count,
              rows: 0,
              paused: null,
            }
          : undefined,
      words: WORDS,
    });
    if (result === null) return EXIT.interrupted;
    const report = store.read<ReplayQueueReport>(result.run_id, 'report');
    io.out(options.json === true ? JSON.stringify(report, null, 2) : tellQueue(report));
    await compactWhenFull(io, root, config.replay.log_max_bytes);
    return result.exit_code;
  });
}
