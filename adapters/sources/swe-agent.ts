import { asArray, asCount, asNumber, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank } from '../../domain/shared/text.ts';
import type { Artifact, Message, Signals, Usage } from '../../schemas/evidence.ts';
import { chatMessage, noUnnamedCalls } from './chat-messages.ts';
import { describeValue } from './describe-value.ts';
import { draftOf, noSignals, refuse } from './drafts.ts';
import type { Detection, Draft, EvidenceDraft, FileSample, RawRecord, RecordContext, SourceAdapter } from './source-adapter.ts';

/**
 * SWE-agent trajectories (`.traj`), of the older generation (commands fenced in the text) and the newer (tool calls). The file says how the agent stopped,
 * never whether the work is right. Demonstrations shown to the model, and turns of other agents than the first, are no part of the attempt.
 */
export const sweAgent: SourceAdapter = { name: 'swe-agent', version: 1, detect, normalize };

function detect(sample: FileSample): Detection | undefined {
  const { document, firstElement, head, complete } = sample;
  if (isTrajectory(document)) return { layout: 'document', confidence: 0.95, reason: 'a trajectory with its history' };
  if (complete || firstElement?.container !== 'object' || !FIRST_KEYS.has(firstElement.key)) return undefined;
  // Inside a string the quotes of a key would stand behind a backslash.
  const hasSteps = /"trajectory"\s*:\s*\[/.test(head) && /"observation"\s*:/.test(head) && /"action"\s*:/.test(head);
  const hasTurns = /"history"\s*:\s*\[/.test(head) && /"role"\s*:/.test(head) && /"agent"\s*:/.test(head);
  return hasSteps || hasTurns ? { layout: 'document', confidence: 0.9, reason: 'the beginning of a long trajectory' } : undefined;
}

const FIRST_KEYS: ReadonlySet<string> = new Set(['environment', 'trajectory', 'history', 'info', 'replay_config']);

function isTrajectory(value: JsonValue | undefined): boolean {
  const history = isObject(value) ? asArray(value.history) : undefined;
  const [first] = history ?? [];
  if (!isObject(value) || !isObject(first) || !('role' in first)) return false;
  return Array.isArray(value.trajectory) || 'agent' in first || 'message_type' in first;
}

function normalize(record: RawRecord, context: RecordContext): readonly Draft[] {
  const run = record.value;
  if (!isObject(run)) return [refuse(record, 'not_an_object', `trajectory: expected an object, found ${describeValue(run)}`)];
  const messages = messagesOf(run.history);
  if (typeof messages === 'string') return [refuse(record, 'missing_field', messages)];
  const info = isObject(run.info) ? run.info : {};
  const config = configOf(run.replay_config);
  return [
    draftOf(record, {
      task: taskOf(info, config, messages, context.path),
      messages,
      artifacts: artifactsOf(info.submission),
      signals: signalsOf(info),
      model: modelOf(config),
      usage: usageOf(info.model_stats),
    }),
  ];
}

/** The turns of the agent that the history begins with, or what is wrong with them. */
function messagesOf(history: JsonValue | undefined): Message[] | string {
  if (!Array.isArray(history)) return `history: expected an array of turns, found ${describeValue(history)}`;
  const messages: Message[] = [];
  const unnamed = noUnnamedCalls();
  const agent = isObject(history[0]) ? history[0].agent : undefined;
  for (const [index, turn] of history.entries()) {
    if (isObject(turn) && (turn.is_demo === true || (turn.agent ?? agent) !== agent)) continue;
    const message = chatMessage(turn, unnamed);
    if (typeof message === 'string') return `history[${index}]${message}`;
    const answered = isObject(turn) ? (asArray(turn.tool_call_ids) ?? []).filter((id) => typeof id === 'string') : [];
    if (answered.length === 0) messages.push(message);
    // One observation may answer several calls; each call needs its own result.
    else for (const id of answered) messages.push({ ...message, tool_call_id: id });
  }
  return messages;
}

/** The settings that newer files carry for replaying: an object, or its text. */
function configOf(config: JsonValue | undefined): JsonObject {
  if (isObject(config)) return config;
  try {
    const parsed = JSON.parse(asString(config) ?? '') as JsonValue;
    return isObject(parsed) ? parsed : {};
  } catch {
    // It only adds a name and an id: a run without readable settings is still a run.
    return {};
  }
}

function taskOf(info: JsonObject, config: JsonObject, messages: readonly Message[], path: string): EvidenceDraft['task'] {
  const statement = isObject(config.problem_statement) ? config.problem_statement : {};
  const id = asString(info.instance_id) ?? asString(statement.id) ?? INSTANCE_FILE.exec(path)?.[1] ?? null;
  const request = messages.find(({ role, content }) => role === 'user' && !isBlank(content))?.content ?? '';
  return { id, text: asString(statement.text) ?? ISSUE.exec(request)?.[1]?.trim() ?? request };
}

/** `owner__repository-number.traj`: a run writes its instance's id as the file's name. */
const INSTANCE_FILE = /(?:^|\/)([\w.-]+__[\w.-]+-i?\d+)\.traj(?:\.json)?(?:\.(?:gz|zst))?$/;
/** The issue inside the instructions that every task is wrapped in. */
const ISSUE = /(?:^|\n)ISSUE:\n([^]*?)\n+INSTRUCTIONS:\n/;

/** A submission is a diff where the task was to change code, a flag or an answer elsewhere. */
function artifactsOf(submission: JsonValue | undefined): Artifact[] {
  const text = asString(submission) ?? '';
  if (isBlank(text)) return [];
  return [{ kind: /^(?:diff --git |--- |Index: )/m.test(text) ? 'patch' : 'answer', text }];
}

function signalsOf(info: JsonObject): Signals {
  const signals = noSignals();
  const status = asString(info.exit_status);
  if (status === undefined) return signals;
  signals.exit_status = status;
  signals.truncated = /exit_(?:cost|context|total_execution_time|command_timeout)/.test(status);
  if (/exit_(?:error|api|environment_error|format)/.test(status)) signals.error = status;
  signals.proxies.submitted = status.startsWith('submitted');
  return signals;
}

/** Runs that replay a person's or an earlier run's actions name themselves so. */
function modelOf(config: JsonObject): string | null {
  const model = isObject(config.agent) && isObject(config.agent.model) ? asString(config.agent.model.name) : undefined;
  return model === undefined || /^(?:replay|human|human_thought)$/.test(model) ? null : model;
}

function usageOf(stats: JsonValue | undefined): Usage {
  const usage: Usage = {};
  if (!isObject(stats)) return usage;
  const sent = asCount(stats.tokens_sent);
  const received = asCount(stats.tokens_received);
  const costUsd = asNumber(stats.instance_cost);
  if (sent !== undefined) usage.prompt_tokens = sent;
  if (received !== undefined) usage.completion_tokens = received;
  if (costUsd !== undefined && costUsd >= 0) usage.cost_usd = costUsd;
  return usage;
}
