import { randomBytes } from 'node:crypto';
import type { KeptCalls, PaidCall } from '../../activities/ask-paid.ts';
import { replayTask } from '../../activities/replay/replay-task.ts';
import { now, nowMs } from '../../adapters/clock.ts';
import { sha256 } from '../../adapters/digest.ts';
import { appendReplayRun, requireOwnReplayLog } from '../../adapters/files/replay-log.ts';
import type { PlaybookRetriever } from '../../domain/replay/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { isBlank } from '../../domain/shared/text.ts';
import type { Config } from '../../schemas/config.ts';
import type { ReplayRun } from '../../schemas/replay-run.ts';
import type { GroundingMode } from '../../schemas/vocabulary.ts';
import { commandBudget } from '../cost/command-budget.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { compactWhenFull } from '../replay/compact-when-full.ts';
import { escalationTarget, type EscalationOptions } from '../replay/escalation-target.ts';
import { openShownCorpus } from '../replay/open-shown-corpus.ts';
import { replayFooter } from '../replay/replay-footer.ts';
import { tellReplay } from '../replay/tell-replay.ts';
import { writeReplayPages } from '../replay/write-replay-pages.ts';
import { waitAtServers } from '../replay/wait-at-servers.ts';
import { generationsOf } from '../../worker/inputs/replay-generations.ts';
import { openModel, servedModelOf } from '../../worker/inputs/replay-model.ts';

/** Options of `lauter replay`. */
export interface ReplayOptions extends PlaceOptions, EscalationOptions {
  readonly task?: string;
  readonly retriever: PlaybookRetriever;
  /** False for the baseline. */
  readonly retrieval: boolean;
  readonly corpus?: string;
  readonly topK?: number;
  readonly model?: string;
  readonly grounding: GroundingMode;
  readonly report?: string;
  readonly json?: boolean;
}

/** `lauter replay`: a task answered by a model that is steered by the exported playbooks, judged by rule and logged. */
export async function replayCommand(io: Io, options: ReplayOptions): Promise<ExitCode> {
  const { task = '' } = options;
  if (isBlank(task)) throw new UsageError('replaying: expected a task, found an empty one.', 'Say what is to be done with --task TEXT.');
  const { root } = existingWorkspace(io, options);
  const { config, base } = loadConfig(io, root, options);
  const settings = config.replay;
  const topK = options.topK ?? settings.top_k;
  requireOwnReplayLog(root);

  const runId = `replay-${now().replace(/[-:.]/g, '')}-${randomBytes(4).toString('hex')}`;
  const waits = waitAtServers(io, root);
  const budget = commandBudget(root, 'replay', config.cost);
  const place = { settings, base, env: io.env, budget, runId, kept: keptInMemory(), enter: waits.enter };
  const name = options.model ?? settings.model;
  const model = await openModel(place, name);
  const second = escalationTarget(options, settings);
  const escalateTo = second === null ? null : await openModel(place, second);
  const corpus = options.retrieval ? await openShownCorpus(io, { root, config, base, budget }, options.corpus) : null;
  if (corpus !== null && corpus.rows.length < topK)
    io.err(`the corpus has ${corpus.rows.length} playbooks, fewer than the ${topK} to be retrieved`);

  const replay = (): Promise<ReplayRun> =>
    replayTask(
      {
        clock: { now, nowMs },
        sha256,
        generationsOf: (of, ids) => generationsOf(root, of, ids),
        append: (row) => appendReplayRun(root, row),
      },
      {
        runId,
        task,
        retriever: options.retrieval ? options.retriever : 'none',
        topK,
        corpus,
        model,
        escalateTo,
        grounding: options.grounding,
      },
      new AbortController().signal,
    );
  let run: ReplayRun | null;
  try {
    run = await waits.whenFree(servedModelOf(settings, name)?.base_url, replay);
  } finally {
    await corpus?.close();
  }
  if (run === null) return EXIT.interrupted;
  for (const note of run.retrieval_notes ?? []) io.err(`playbooks were found by ${note}`);
  if (options.retrieval && run.retrieved.length === 0) io.err('no playbook shares a word with the task: the bundle is empty');
  if (options.report !== undefined) await writeReport(io, options.report, run, config);
  io.out(options.json === true ? JSON.stringify(run, null, 2) : tellReplay(run));
  await compactWhenFull(io, root, settings.log_max_bytes);
  if (run.gate.passed) return EXIT.accepted;
  return run.escalation_path.every(({ failure }) => failure !== undefined) ? EXIT.impossible : EXIT.refused;
}

async function writeReport(io: Io, path: string, run: ReplayRun, config: Config): Promise<void> {
  const { renderReplayRun } = await import('../../reports/replay-run/render-replay-run.ts');
  const footer = await replayFooter(io, run, config);
  writeReplayPages(io, path, (name) => renderReplayRun({ schema: 'replay-run-report/1', run, footer }, name));
}

/** A single run asks each question once, and pays for another one when it is repeated. */
function keptInMemory(): KeptCalls {
  const calls = new Map<string, PaidCall>();
  return { find: (key) => calls.get(key), keep: (key, call) => void calls.set(key, call) };
}
