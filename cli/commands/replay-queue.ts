import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ReplayQueueResult } from '../../activities/replay-contract.ts';
import { sha256 } from '../../adapters/digest.ts';
import { requireOwnReplayLog } from '../../adapters/files/replay-log.ts';
import { openWorkStore, type WorkStore } from '../../adapters/work-store.ts';
import { formRunId } from '../../domain/bench/index.ts';
import { capOf } from '../../domain/cost/index.ts';
import type { PlaybookRetriever } from '../../domain/replay/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { formatUsd } from '../../reports/shared/format.ts';
import type { ReplayQueueReport } from '../../schemas/replay-queue.ts';
import type { GroundingMode } from '../../schemas/vocabulary.ts';
import { openCorpus } from '../../worker/inputs/replay-corpus.ts';
import { prepareQueue, queueRun } from '../../worker/inputs/replay-queue.ts';
import { askToSpend } from '../cost/ask-to-spend.ts';
import { withEngine } from '../engine-session.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { followWork, type WorkWords } from '../follow-work.ts';
import type { Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import type { ShownProgress } from '../progress.ts';
import { escalationTarget, type EscalationOptions } from '../replay/escalation-target.ts';
import { tellQueue } from '../replay/tell-queue.ts';
import { evalOwnerPath } from '../run-owner.ts';
import { unlessCancelled } from '../unless-cancelled.ts';

/** Options of `lauter replay queue`. */
export interface ReplayQueueOptions extends PlaceOptions, EscalationOptions {
  readonly tasks: string;
  readonly limit?: number;
  readonly retriever: PlaybookRetriever;
  /** False for the baseline. */
  readonly retrieval: boolean;
  readonly corpus?: string;
  readonly topK?: number;
  readonly model?: string;
  readonly grounding: GroundingMode;
  readonly concurrent: number;
  readonly maxUsd?: number;
  readonly yes?: boolean;
  readonly keepServer?: boolean;
  readonly json?: boolean;
}

/** As `lauter` is given it; what the config limits it by. */
const COMMAND = 'replay queue';
const USUAL_CAP_USD = 5;

const WORDS: WorkWords = {
  stopping: 'stopping after the tasks in progress; interrupt again to end at once …',
  terminated: '',
  remedy: 'Tasks that were replayed stand in the log; the same command begins a new queue.',
};

/** `lauter replay queue`: every task of a file replayed once, several at a time, durably. */
export async function replayQueueCommand(io: Io, options: ReplayQueueOptions): Promise<ExitCode> {
  const { root, id: workspaceId } = existingWorkspace(io, options);
  const { config, base } = loadConfig(io, root, options);
  requireOwnReplayLog(root);
  const corpus = options.retrieval && options.corpus !== undefined ? resolve(io.cwd, options.corpus) : null;
  const choices = {
    retriever: options.retrieval ? options.retriever : 'none',
    top_k: options.topK ?? config.replay.top_k,
    corpus,
    model: options.model ?? config.replay.model,
    escalate_to: escalationTarget(options, config.replay),
    grounding: options.grounding,
  } as const;
  const tasksPath = resolve(io.cwd, options.tasks);
  const order = { config, base, env: io.env, tasksPath, limit: options.limit ?? null, choices, concurrent: options.concurrent };
  const prepared = await prepareQueue(order);
  // A corpus that cannot be read is told before anything begins.
  const playbooks = options.retrieval ? await openCorpus(io.cwd, root, options.corpus) : null;
  const capUsd = capOf(config.cost, COMMAND, { flagUsd: options.maxUsd, defaultUsd: USUAL_CAP_USD });
  const { estimatedUsd, count } = prepared;
  io.err(
    `${count} tasks for ${choices.model}; estimated: ${formatUsd(estimatedUsd)}; ${capUsd === null ? 'no cap' : `cap ${formatUsd(capUsd)}`}`,
  );
  const estimate = { what: 'the queue', usd: estimatedUsd, capUsd };
  if ((await askToSpend(io, { estimates: [estimate], isYes: options.yes === true })) === 'refused') return EXIT.impossible;
  const asked = { workspaceId, prepared, cost: config.cost, capUsd, corpus: playbooks?.sha256 ?? null };
  const hash = sha256(canonicalJson(asked as unknown as JsonValue));
  const startedAt = new Date().toISOString();
  const run_id = formRunId({ startedAt, configHash: hash, randomBytes: randomBytes(6) }).replace(/^run/, 'queue');
  const frame = { run_id, command: COMMAND, cap_usd: capUsd };
  const run = queueRun(prepared, { runId: run_id, startedAt, cost: config.cost, frame });
  const store = openWorkStore(root, 'replay');
  return withEngine(io, { workspaceDir: root, config, keepServer: options.keepServer ?? false }, async (session) => {
    const followed = await unlessCancelled(io, () =>
      followWork<ReplayQueueResult>(io, session, {
        workflow: 'replayQueue',
        workflowId: `replay-queue-${hash.slice(0, 12)}`,
        id: run_id,
        input: { run },
        slotQueues: [],
        giveUpAfterMs: config.engine.give_up_after_s * 1000,
        ownerPath: (id) => evalOwnerPath(root, id),
        onStarted: () => undefined,
        progress: (id) => progressOf(store, id),
        words: WORDS,
      }),
    );
    if (followed === null) return EXIT.interrupted;
    if (followed.ended === 'detached') {
      io.err(`detached; ${followed.id} goes on.`);
      return EXIT.interrupted;
    }
    const report = store.read<ReplayQueueReport>(followed.result.run_id, 'report');
    io.out(options.json === true ? JSON.stringify(report, null, 2) : tellQueue(report));
    return followed.result.exit_code;
  });
}

/** Tasks that stand in the log, of all. */
function progressOf(store: WorkStore, runId: string): ShownProgress | undefined {
  if (!store.has(runId, 'plan')) return undefined;
  const { tasks } = store.read<{ tasks: readonly unknown[] }>(runId, 'plan');
  const logged = join(store.folder(runId), 'logged');
  const done = existsSync(logged) ? readdirSync(logged).filter((name) => /^\d+\.json$/.test(name)).length : 0;
  return { run_id: runId, stage: 'tasks', done, total: tasks.length, rows: 0, paused: null };
}
