import { chooseRows, fitBundle, judgeAnswer, replayMessages, type ModelWindow } from '../../domain/replay/index.ts';
import { createRedactor } from '../../domain/redaction/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { LauterError, UsageError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { normalizeText } from '../../domain/shared/text.ts';
import { generationAfter, type Grounding, type ReplayGate, type ReplayRun } from '../../schemas/replay-run.ts';
import type { GroundingMode, ReplayReason, ReplayRetriever } from '../../schemas/vocabulary.ts';
import { sumUsage } from './sum-usage.ts';
import type { Corpus, FoundPlaybooks, ReplayAnswer, ReplayModel, ReplayQuestion, ReplayWorld } from './replay-world.ts';

/** One task to be replayed. */
export interface ReplayRequest {
  readonly runId: string;
  readonly task: string;
  readonly retriever: ReplayRetriever;
  readonly topK: number;
  /** Null for the baseline without retrieval. */
  readonly corpus: Corpus | null;
  readonly model: ReplayModel;
  /** Asked when the gate refused the first one's answer; null where that is not allowed. */
  readonly escalateTo: ReplayModel | null;
  readonly grounding: GroundingMode;
}

/**
 * Replays a task: finds playbooks, bundles them, asks, judges by rule, asks the second model where that is allowed and due, and appends the run to the
 * log, whatever came of it. The task is cleared of secrets and personal data before anything is done with it, the answer before it is written down.
 * UsageError, and nothing in the log, when the window of a model has no room for the task. What the first model rejects with goes through.
 */
export async function replayTask(world: ReplayWorld, request: ReplayRequest, signal: AbortSignal): Promise<ReplayRun> {
  const { runId, corpus, retriever, model, escalateTo, grounding: mode } = request;
  const startedMs = world.clock.nowMs();
  const redactor = createRedactor();
  const task = redactor.redact(request.task.toWellFormed().trim());
  const models = escalateTo === null ? [model] : [model, escalateTo];
  const { retrieval, bundle, trimmed } = await findBundle(world, { ...request, task }, smallestWindow(models), signal);
  const retrievalMs = world.clock.nowMs() - startedMs;
  const messages = replayMessages(task, bundle);
  const question: ReplayQuestion = { task, bundle, messages, requestDigest: world.sha256(textOf({ messages })) };

  const path: ReplayRun['escalation_path'] = [];
  let best: Judged = { model: model.name, answer: '', gate: NO_ANSWER, grounding: [] };
  let usage: ReplayRun['usage'] = {};
  let [modelMs, gateMs] = [0, 0];
  for (const asked of models) {
    const askedMs = world.clock.nowMs();
    const reply = await (path.length === 0 ? asked.answer(question, signal) : answerOrSay(asked, question, signal));
    const repliedMs = world.clock.nowMs();
    const failure = reply.state === 'failed' ? { failure: reply.detail } : {};
    if (reply.state === 'answered') {
      const answer = reply.text.toWellFormed();
      best = { model: asked.name, answer, ...judgeAnswer({ answer, task, bundle, grounding: mode }) };
    }
    usage = sumUsage(usage, reply.usage);
    modelMs += repliedMs - askedMs;
    gateMs += world.clock.nowMs() - repliedMs;
    const gate = reply.state === 'answered' ? best.gate : NO_ANSWER;
    path.push({ model: asked.name, gate, request_digest: question.requestDigest, ...failure });
    if (gate.passed) break;
  }

  const run: ReplayRun = {
    schema: 'replay_run/1',
    run_id: runId,
    recorded_at: world.clock.now(),
    origin: 'replay',
    generation: generationAfter(bundle),
    task,
    task_hash: world.sha256(normalizeText(task)),
    retriever,
    ...retrieval,
    bundle,
    bundle_digest: world.sha256(textOf(bundle)),
    corpus: corpus === null ? null : { run_id: corpus.runId, rows: corpus.rows.length, sha256: corpus.sha256 },
    ...(trimmed === null ? {} : { trimmed }),
    model: best.model,
    escalation_path: path,
    escalated: path.length > 1,
    answer: redactor.redact(best.answer),
    gate: best.gate,
    grounding_mode: mode,
    grounding: best.grounding.map((thing) => ({ ...thing, text: redactor.redact(thing.text) })),
    usage: { ...usage, latency_ms: modelMs },
    durations_ms: { retrieval: retrievalMs, model: modelMs, gate: gateMs, total: world.clock.nowMs() - startedMs },
  };
  await world.append(run);
  return run;
}

interface Judged {
  readonly model: string;
  readonly answer: string;
  readonly gate: ReplayGate;
  readonly grounding: readonly Grounding[];
}

/** An answer that was given and paid for already is not lost because nobody may ask a second time. */
async function answerOrSay(model: ReplayModel, question: ReplayQuestion, signal: AbortSignal): Promise<ReplayAnswer> {
  try {
    return await model.answer(question, signal);
  } catch (error) {
    if (error instanceof LauterError) return { state: 'failed', detail: `not asked: ${error.message}`, usage: {} };
    throw error;
  }
}

const NO_ANSWER: ReplayGate = { passed: false, reasons: ['no_answer' satisfies ReplayReason] };

/** The same bundle for every model that may be asked, so that the log shows what the answer rests on. */
async function findBundle(
  world: ReplayWorld,
  { task, retriever, topK, corpus }: ReplayRequest,
  window: ModelWindow,
  signal: AbortSignal,
): Promise<NonNullable<ReturnType<typeof fitBundle>> & { readonly retrieval: Pick<ReplayRun, 'retrieved' | 'retrieval_notes'> }> {
  const found = corpus === null || retriever === 'none' ? { ranked: [] } : await corpus.find(task, { retriever, topK }, signal);
  const { ranked, notes = [] }: FoundPlaybooks = found;
  const chosen = chooseRows(ranked.map(({ row }) => row));
  const ids = [...chosen.exemplars, ...chosen.warnings].map(({ id }) => id);
  const generations = corpus === null || ids.length === 0 ? new Map<string, number>() : await world.generationsOf(corpus, ids);
  const fitted = fitBundle(task, chosen, generations, window);
  if (fitted === null) {
    throw new UsageError(
      `replaying a task of ${task.length} characters: expected room for it in a window of ${window.windowTokens} tokens, ${window.answerTokens} of them for the answer, found too little.`,
      'Shorten the task, or take a model with a larger window (replay.models.<name>.window_tokens).',
    );
  }
  const retrieved = ranked.map(({ row, score }) => ({ id: row.id, score }));
  return { ...fitted, retrieval: notes.length === 0 ? { retrieved } : { retrieved, retrieval_notes: [...notes] } };
}

/** The one that leaves least for the question. */
function smallestWindow(models: readonly ReplayModel[]): ModelWindow {
  const room = ({ windowTokens, answerTokens }: ModelWindow): number => (windowTokens === null ? Infinity : windowTokens - answerTokens);
  return models.map(({ window }) => window).reduce((least, window) => (room(window) < room(least) ? window : least));
}

function textOf(value: object): string {
  return canonicalJson(value as JsonValue);
}
