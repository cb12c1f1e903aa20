import { asArray, asCount, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank } from '../../domain/shared/text.ts';
import type { Message } from '../../schemas/evidence.ts';
import { chatMessages } from './chat-messages.ts';
import { contentText } from './drafts.ts';
import { Attachments } from './inspect-attachments.ts';
import { attemptModelEvents, eventsOf } from './inspect-events.ts';

/** A conversation, the tools that were offered in it, and what was counted on the way. */
export interface InspectConversation {
  readonly messages: Message[];
  /** As function tools of the chat API. */
  readonly tools: JsonObject[];
  readonly proxies: Readonly<Record<string, number>>;
}

/** The conversation of a sample with the texts its references stand for, or what is wrong with it. Reasoning is left out and counted; images are named. */
export function inspectConversation(sample: JsonObject): InspectConversation | string {
  const attachments = new Attachments(sample);
  const counts: Counts = { thinking_blocks: 0, tool_errors: 0, parse_errors: 0 };
  const turns = turnsOf(sample);
  if (typeof turns === 'string') return turns;
  const messages = chatMessages(
    turns.map((turn) => chatTurn(turn, attachments, counts)),
    'messages',
  );
  if (typeof messages === 'string') return messages;
  if (attachments.missing !== undefined) return `attachments: expected the text of ${attachments.missing}, found none`;
  return { messages, tools: toolsOf(sample), proxies: Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)) };
}

interface Counts {
  thinking_blocks: number;
  tool_errors: number;
  parse_errors: number;
}

/**
 * The turns as they were logged. A sample that was written without them still holds what its last call of the model saw and answered, mostly as
 * ranges of a pool of messages; and an answer that did not make it into the turns stands in the output.
 */
function turnsOf(sample: JsonObject): JsonValue[] | string {
  const logged = sample.messages ?? [];
  if (!Array.isArray(logged)) return 'messages: expected an array';
  const calls = logged.length > 0 ? [] : attemptModelEvents(eventsOf(sample));
  const last = calls.findLast((call) => inputOf(call, sample).length > 0);
  const seen = logged.length > 0 ? logged : last === undefined ? inputTurns(sample.input) : inputOf(last, sample);
  const isAnswered = logged.some((turn) => isObject(turn) && turn.role === 'assistant');
  const answer = isAnswered ? undefined : (answerIn(last?.output) ?? answerIn(sample.output));
  return answer === undefined ? seen : [...seen, answer];
}

function inputOf(call: JsonObject, sample: JsonObject): JsonValue[] {
  const whole = asArray(call.input) ?? [];
  if (whole.length > 0) return whole;
  const pool = asArray(isObject(sample.events_data) ? sample.events_data.messages : sample.message_pool) ?? [];
  return (asArray(call.input_refs) ?? []).flatMap((range) => {
    const [start, end] = (asArray(range) ?? []).map((bound) => asCount(bound));
    return start === undefined || end === undefined ? [] : pool.slice(start, end);
  });
}

/** The input of a sample as turns: its words are a user's. */
export function inputTurns(input: JsonValue | undefined): JsonValue[] {
  return typeof input === 'string' ? [{ role: 'user', content: input }] : (asArray(input) ?? []);
}

function answerIn(output: JsonValue | undefined): JsonValue | undefined {
  const [choice] = (isObject(output) ? asArray(output.choices) : undefined) ?? [];
  return isObject(choice) && isObject(choice.message) ? choice.message : undefined;
}

/** A turn in the shape of the chat API. */
function chatTurn(turn: JsonValue, attachments: Attachments, counts: Counts): JsonValue {
  if (!isObject(turn)) return turn;
  const content = contentOf(turn.content, attachments, counts);
  if (turn.role === 'tool') return { ...resultTurn(turn, content, counts), ...named(asString(turn.function)) };
  const calls = turn.role === 'assistant' ? (asArray(turn.tool_calls) ?? []) : [];
  counts.parse_errors += calls.filter((call) => isObject(call) && typeof call.parse_error === 'string').length;
  return {
    role: turn.role ?? null,
    content,
    ...(calls.length > 0 && { tool_calls: calls.map((call) => chatCall(attachments.resolve(call))) }),
  };
}

function contentOf(content: JsonValue | undefined, attachments: Attachments, counts: Counts): JsonValue {
  if (!Array.isArray(content)) return attachments.resolve(content ?? null);
  const spoken = content.filter((part) => !(isObject(part) && part.type === 'reasoning'));
  counts.thinking_blocks += content.length - spoken.length;
  // Only words are resolved: an image is named, and its attachment may have been left out of the log.
  return spoken.map((part) => (isObject(part) && typeof part.text !== 'string' ? part : attachments.resolve(part)));
}

/** When a tool fails, the model is told its error, beside whatever came out of it. */
function resultTurn(turn: JsonObject, content: JsonValue, counts: Counts): JsonObject {
  const error = isObject(turn.error) ? asString(turn.error.message) : asString(turn.tool_error);
  const said = contentText(content);
  if (error !== undefined) counts.tool_errors += 1;
  const isTold = error === undefined || said === undefined || said.includes(error);
  const text = isTold ? content : isBlank(said) ? `Error: ${error}` : `Error: ${error}\n${said}`;
  return { role: 'tool', content: text, tool_call_id: turn.tool_call_id ?? null };
}

function named(name: string | undefined): JsonObject {
  return name === undefined ? {} : { name };
}

/** Inspect writes `function` and `arguments` beside the id; logs that came from elsewhere have the nested form of the chat API. */
function chatCall(call: JsonValue): JsonValue {
  if (!isObject(call) || typeof call.function !== 'string') return call;
  return { id: call.id ?? null, function: { name: call.function, arguments: call.arguments ?? {} } };
}

/** The tools that the first call with any was given. */
function toolsOf(sample: JsonObject): JsonObject[] {
  const attachments = new Attachments(sample);
  const offered = attemptModelEvents(eventsOf(sample))
    .map((call) => (asArray(call.tools) ?? []).filter(isObject))
    .find((tools) => tools.length > 0);
  return (offered ?? []).flatMap(({ name, description, parameters }) => {
    if (typeof name !== 'string') return [];
    const told = { name, ...(typeof description === 'string' && { description }), ...(isObject(parameters) && { parameters }) };
    return [{ type: 'function', function: attachments.resolve(told) }];
  });
}
