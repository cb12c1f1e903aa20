import { asArray, asCount, asNumber, asString, asText, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank } from '../../domain/shared/text.ts';
import type { Message, Usage } from '../../schemas/evidence.ts';
import { chatMessages } from './chat-messages.ts';
import { describeValue } from './describe-value.ts';
import { draftOf, noSignals, outcomeOf, refuse } from './drafts.ts';
import { LABELS, outcomeOfVerdict, verdictOfLabel } from './human-label.ts';
import type { Detection, Draft, EvidenceDraft, FileSample, RawRecord, SourceAdapter } from './source-adapter.ts';
import { parseTimestamp } from './timestamps.ts';

/**
 * Conversations in the shape of the OpenAI chat API, one a line, in an array, or alone in a file. A `label` is a human's word, a `reward` ground truth;
 * these and the descriptive fields stand at the top or under `metadata`, and the top one counts where both are there.
 */
export const openaiChat: SourceAdapter = { name: 'openai-chat', version: 1, detect, normalize };

function detect(sample: FileSample): Detection | undefined {
  const { firstElement, lines } = sample;
  if (firstElement?.container === 'array') {
    return isChat(firstElement.value)
      ? { layout: 'elements', confidence: 0.85, reason: 'an array of conversations with messages' }
      : undefined;
  }
  const chats = lines.filter(isChat).length;
  if (chats > 0 && chats * 2 >= lines.length && sample.leadingNoise === 0) {
    const confidence = chats === lines.length ? 0.9 : 0.6;
    return { layout: 'lines', confidence, reason: `${chats} of the first ${lines.length} lines are conversations with messages` };
  }
  if (isChat(sample.document)) return { layout: 'document', confidence: 0.8, reason: 'one conversation with messages' };
  if (!sample.complete && lines.length === 0 && BEGINS_A_CHAT.test(sample.head)) return detectLongChat(sample.head);
  return undefined;
}

/** The head of a record too long to be seen whole: `messages` after nothing but plain fields and flat objects, so that it stands at the top. */
const BEGINS_A_CHAT =
  /^\s*\{(?:\s*"[^"]*"\s*:\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"|\{[^{}]*\}|[\w.+-]+)\s*,)*\s*"messages"\s*:\s*\[\s*\{\s*"(?:role|content)"\s*:/;

function detectLongChat(head: string): Detection {
  const layout = head.trimStart().includes('\n') ? 'document' : 'lines';
  return { layout, confidence: 0.6, reason: 'the beginning of a long conversation with messages' };
}

function isChat(value: JsonValue | undefined): boolean {
  if (!isObject(value) || 'traj' in value || !Array.isArray(value.messages)) return false;
  const [first] = value.messages;
  return first === undefined || (isObject(first) && 'role' in first);
}

/** Called once per record of the largest files, so fields are read straight from the record and nothing is searched twice: 3 microseconds for five turns. */
function normalize(record: RawRecord): readonly Draft[] {
  const chat = record.value;
  if (!isObject(chat)) return [refuse(record, 'not_an_object', `conversation: expected an object, found ${describeValue(chat)}`)];
  const messages = chatMessages(chat.messages, 'messages');
  if (typeof messages === 'string') return [refuse(record, 'missing_field', messages)];
  const metadata = isObject(chat.metadata) ? chat.metadata : NOTHING;
  const truth = truthOf(chat.label ?? metadata.label, chat.reward ?? metadata.reward);
  if (typeof truth === 'string') return [refuse(record, 'missing_field', truth)];
  const tools = toolsOf(chat, metadata);
  if (typeof tools === 'string') return [refuse(record, 'missing_field', tools)];
  return [
    draftOf(record, {
      task: { id: asText(chat.task_id ?? metadata.task_id) ?? null, text: firstRequest(messages) },
      messages,
      outcome: truth.outcome,
      signals: truth.signals,
      tools,
      recordedAt: parseTimestamp(chat.created_at ?? metadata.created_at),
      model: asString(chat.model ?? metadata.model) ?? null,
      usage: usageOf(chat.usage ?? metadata.usage),
    }),
  ];
}

const NOTHING: JsonObject = {};

/** What is known about the outcome, or which field says something that is no truth. A reward outweighs the label as outcome; both stay as signals. */
function truthOf(label: JsonValue | undefined, reward: JsonValue | undefined): Pick<EvidenceDraft, 'outcome' | 'signals'> | string {
  const signals = noSignals();
  let outcome = outcomeOf(null, 'none');
  if (label !== undefined && label !== null) {
    const verdict = verdictOfLabel(label);
    if (verdict === undefined) return `label: expected one of ${LABELS.join(', ')}, found ${describeValue(label)}`;
    signals.human.push({ by: 'label', verdict });
    outcome = outcomeOfVerdict(verdict);
  }
  if (reward !== undefined && reward !== null) {
    const value = asNumber(reward);
    if (value === undefined) return `reward: expected a number, found ${describeValue(reward)}`;
    signals.reward = value;
    outcome = outcomeOf(value, 'reward');
  }
  return { outcome, signals };
}

/** The tools on offer; `functions` is their first form. */
function toolsOf(chat: JsonObject, metadata: JsonObject): JsonValue[] | string | undefined {
  const tools = chat.tools ?? metadata.tools;
  if (tools !== undefined && tools !== null) return asArray(tools) ?? `tools: expected an array, found ${describeValue(tools)}`;
  return asArray(chat.functions)?.map((declared) => ({ type: 'function', function: declared }));
}

function firstRequest(messages: readonly Message[]): string {
  for (const message of messages) if (message.role === 'user' && !isBlank(message.content)) return message.content;
  return '';
}

function usageOf(given: JsonValue | undefined): Usage {
  const usage: Usage = {};
  if (!isObject(given)) return usage;
  const prompt = asCount(given.prompt_tokens ?? given.input_tokens);
  const completion = asCount(given.completion_tokens ?? given.output_tokens);
  const costUsd = asNumber(given.cost_usd);
  const latencyMs = asNumber(given.latency_ms);
  if (prompt !== undefined) usage.prompt_tokens = prompt;
  if (completion !== undefined) usage.completion_tokens = completion;
  if (costUsd !== undefined && costUsd >= 0) usage.cost_usd = costUsd;
  if (latencyMs !== undefined && latencyMs >= 0) usage.latency_ms = latencyMs;
  return usage;
}
