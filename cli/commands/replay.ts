import { randomBytes } from 'node:crypto';
import { replayTask } from '../../activities/replay/replay-task.ts';
import { now, nowMs } from '../../adapters/clock.ts';
import { sha256 } from '../../adapters/digest.ts';
import { appendReplayRun, requireOwnReplayLog } from '../../adapters/files/replay-log.ts';
import type { PlaybookRetriever } from '../../domain/replay/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { isBlank } from '../../domain/shared/text.ts';
import type { ReplaySettings } from '../../schemas/replay-settings.ts';
import type { GroundingMode } from '../../schemas/vocabulary.ts';
import { commandBudget } from '../cost/command-budget.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { generationsOf } from '../replay/generations.ts';
import { openCorpus } from '../replay/open-corpus.ts';
import { openModel } from '../replay/open-model.ts';
import { tellReplay } from '../replay/tell-replay.ts';

/** Options of `lauter replay`. */
export interface ReplayOptions extends PlaceOptions {
  readonly task: string;
  readonly retriever: PlaybookRetriever;
  /** False for the baseline. */
  readonly retrieval: boolean;
  readonly corpus?: string;
  readonly topK?: number;
  readonly model?: string;
  readonly allowEscalation?: boolean;
  readonly localOnly?: boolean;
  readonly escalateTo?: string;
  readonly grounding: GroundingMode;
  readonly json?: boolean;
}

/** `lauter replay`: a task answered by a model that is steered by the exported playbooks, judged by rule and logged. */
export async function replayCommand(io: Io, options: ReplayOptions): Promise<ExitCode> {
  if (isBlank(options.task))
    throw new UsageError('replaying: expected a task, found an empty one.', 'Say what is to be done with --task TEXT.');
  const { root } = existingWorkspace(io, options);
  const { config, base } = loadConfig(io, root, options);
  const settings = config.replay;
  const topK = options.topK ?? settings.top_k;
  requireOwnReplayLog(root);

  const runId = `replay-${now().replace(/[-:.]/g, '')}-${randomBytes(4).toString('hex')}`;
  const place = { settings, base, env: io.env, budget: commandBudget(root, 'replay', config.cost), runId };
  const model = await openModel(place, options.model ?? settings.model);
  const second = escalationTarget(options, settings);
  const escalateTo = second === null ? null : await openModel(place, second);
  const corpus = options.retrieval ? await openCorpus(io, root, options.corpus) : null;
  if (corpus !== null && corpus.rows.length < topK)
    io.err(`the corpus has ${corpus.rows.length} playbooks, fewer than the ${topK} to be retrieved`);

  const run = await replayTask(
    {
      clock: { now, nowMs },
      sha256,
      generationsOf: (of, ids) => generationsOf(root, of, ids),
      append: (row) => appendReplayRun(root, row),
    },
    {
      runId,
      task: options.task,
      retriever: options.retrieval ? options.retriever : 'none',
      topK,
      corpus,
      model,
      escalateTo,
      grounding: options.grounding,
    },
    new AbortController().signal,
  );
  if (options.retrieval && run.retrieved.length === 0) io.err('no playbook shares a word with the task: the bundle is empty');
  io.out(options.json === true ? JSON.stringify(run, null, 2) : tellReplay(run));
  if (run.gate.passed) return EXIT.accepted;
  return run.escalation_path.every(({ failure }) => failure !== undefined) ? EXIT.impossible : EXIT.refused;
}

/** Who is asked after a refusal; null without --allow-escalation. */
function escalationTarget({ allowEscalation, localOnly, escalateTo }: ReplayOptions, settings: ReplaySettings): string | null {
  if (allowEscalation !== true) {
    if (escalateTo === undefined) return null;
    throw new UsageError('replaying: expected --allow-escalation with --escalate-to, found none.', 'Allow it, or leave --escalate-to out.');
  }
  if (localOnly === true) {
    throw new UsageError('replaying: expected --local-only or --allow-escalation, found both.', 'Leave one of them out.');
  }
  const target = escalateTo ?? settings.escalate_to;
  if (target !== undefined) return target;
  throw new UsageError(
    'replaying with --allow-escalation: expected a model to escalate to, found none.',
    'Name it with --escalate-to MODEL, or in the config as replay.escalate_to.',
  );
}
