import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { asArray, asCount, asNumber, asString, asText, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import type { Message, ToolCall } from '../../schemas/evidence.ts';
import { ROLES } from '../../schemas/vocabulary.ts';
import { contentText, draftOf, noSignals, outcomeOf, refuse } from './drafts.ts';
import { shortHash } from './short-hash.ts';
import type { Detection, Draft, EvidenceDraft, FileSample, RawRecord, SourceAdapter } from './source-adapter.ts';

/** tau-bench result files: an array of runs, each a conversation with a simulated customer and the reward of the state it left behind. */
export const tauBench: SourceAdapter = { name: 'tau-bench', version: 1, detect, normalize };

function detect(sample: FileSample): Detection | undefined {
  const first = sample.firstElement;
  if (first?.container !== 'array' || !isRun(first.value)) return undefined;
  return { layout: 'elements', confidence: 0.95, reason: 'an array of runs with task_id, reward and traj' };
}

function isRun(value: JsonValue): boolean {
  return isObject(value) && 'task_id' in value && 'reward' in value && Array.isArray(value['traj']);
}

function normalize(record: RawRecord): readonly Draft[] {
  const run = record.value;
  if (!isObject(run)) return [refuse(record, 'not_an_object', 'run: expected an object')];
  const reward = run['reward'] ?? null;
  if (reward !== null && asNumber(reward) === undefined) return [refuse(record, 'missing_field', 'reward: expected a number')];
  const messages = messagesOf(run['traj']);
  if (typeof messages === 'string') return [refuse(record, 'missing_field', messages)];
  const value = asNumber(reward) ?? null;
  const error = isObject(run['info']) ? asString(run['info']['error']) : undefined;
  return [
    draftOf(record, {
      task: taskOf(run, messages),
      messages,
      outcome: outcomeOf(value, 'reward'),
      signals: { ...noSignals(), ...(value !== null && { reward: value }), ...(error !== undefined && { error }) },
      trial: asCount(run['trial']) ?? null,
    }),
  ];
}

/** The task as the simulated customer was told it. `info.task` also holds the gold actions and outputs: only the instruction leaves it. */
function taskOf(run: JsonObject, messages: readonly Message[]): EvidenceDraft['task'] {
  const task = isObject(run['info']) ? run['info']['task'] : undefined;
  const instruction = isObject(task) ? asString(task['instruction']) : undefined;
  const id = asText(run['task_id']) ?? null;
  const text = instruction ?? messages.find((message) => message.role === 'user')?.content ?? '';
  if (id === null) return { id, text };
  // The domains number their tasks alike, so the id alone does not name the task.
  return { id, key: instruction === undefined ? `tau-bench/${id}` : `tau-bench/${id}/${shortHash(instruction)}`, text };
}

/** The turns, or what is wrong with them. */
function messagesOf(traj: JsonValue | undefined): Message[] | string {
  const turns = asArray(traj);
  if (turns === undefined) return 'traj: expected an array of messages';
  const messages: Message[] = [];
  for (const [index, turn] of turns.entries()) {
    const message = messageOf(turn);
    if (typeof message === 'string') return `traj[${index}].${message}`;
    messages.push(message);
  }
  return messages;
}

function messageOf(turn: JsonValue): Message | string {
  const role = isObject(turn) ? ROLES.find((known) => known === turn['role']) : undefined;
  if (!isObject(turn) || role === undefined) return 'role: expected system, user, assistant or tool';
  const content = contentText(turn['content']);
  if (content === undefined) return 'content: expected text, parts or null';
  const calls = (asArray(turn['tool_calls']) ?? []).map(toolCallOf);
  if (!calls.every((call) => call !== undefined)) return 'tool_calls: expected id, function.name and function.arguments';
  const answers = asString(turn['tool_call_id']);
  const name = asString(turn['name']);
  return {
    role,
    content,
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(answers !== undefined && { tool_call_id: answers }),
    ...(name !== undefined && { name }),
  };
}

function toolCallOf(call: JsonValue): ToolCall | undefined {
  if (!isObject(call) || !isObject(call['function'])) return undefined;
  const id = asString(call['id']);
  const name = asString(call['function']['name']);
  const given = call['function']['arguments'];
  const args = isObject(given) ? canonicalJson(given) : asString(given);
  return id === undefined || name === undefined || args === undefined ? undefined : { id, name, arguments: args };
}
