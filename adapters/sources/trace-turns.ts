import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { asString, asText, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import type { Message, ToolCall } from '../../schemas/evidence.ts';
import { chatMessage, type noUnnamedCalls } from './chat-messages.ts';
import { describeValue } from './describe-value.ts';
import { contentText } from './drafts.ts';

/** Turns before they are read, and the name of the field they were found in. */
export interface FoundTurns {
  readonly turns: JsonValue | undefined;
  readonly field: string;
}

/** Turns of one call, and how many blocks of reasoning were left out of them. */
export interface ReadTurns {
  readonly messages: Message[];
  readonly reasoningParts: number;
}

type UnnamedCalls = ReturnType<typeof noUnnamedCalls>;

/**
 * Messages in the form of the conventions (a role and `parts`), or of the chat API (a role and `content`), or what is wrong with the first that is
 * neither. Results of tools become turns of their own.
 */
export function readTurns(turns: JsonValue | undefined, field: string, unnamed: UnnamedCalls): ReadTurns | string {
  if (!Array.isArray(turns)) return `${field}: expected a list of messages, found ${describeValue(turns)}`;
  const messages: Message[] = [];
  let reasoningParts = 0;
  for (const [index, turn] of turns.entries()) {
    const read = isObject(turn) && Array.isArray(turn.parts) ? partsTurn(turn, turn.parts, unnamed) : chatTurn(turn, unnamed);
    if (typeof read === 'string') return `${field}[${index}]${read}`;
    for (const message of read.messages) messages.push(message);
    reasoningParts += read.reasoningParts;
  }
  return { messages, reasoningParts };
}

/** The text of parts, or of a plain text: what stands in `gen_ai.system_instructions`. */
export function partsText(parts: JsonValue | undefined): string {
  if (!Array.isArray(parts)) return asText(parts) ?? '';
  return parts
    .flatMap((part) => (isObject(part) ? (asString(part.content) ?? asString(part.text) ?? []) : (asText(part) ?? [])))
    .join('\n');
}

/** A value as the text of a turn: texts as they are, parts joined, anything else as JSON. */
export function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return contentText(value) ?? asText(value) ?? canonicalJson(value);
}

function chatTurn(turn: JsonValue, unnamed: UnnamedCalls): ReadTurns | string {
  const known = isObject(turn) && typeof turn.role === 'string' ? { ...turn, role: ROLE_NAMES.get(turn.role) ?? turn.role } : turn;
  const message = chatMessage(known, unnamed);
  return typeof message === 'string' ? message : { messages: [message], reasoningParts: 0 };
}

/** Names that providers give to the roles. */
const ROLE_NAMES: ReadonlyMap<string, string> = new Map([
  ['model', 'assistant'],
  ['ai', 'assistant'],
  ['human', 'user'],
]);

function partsTurn(turn: JsonObject, parts: readonly JsonValue[], unnamed: UnnamedCalls): ReadTurns | string {
  const results: Message[] = [];
  const calls: ToolCall[] = [];
  const texts: string[] = [];
  let reasoningParts = 0;
  for (const [index, part] of parts.entries()) {
    if (!isObject(part)) return `.parts[${index}]: expected an object, found ${describeValue(part)}`;
    if (part.type === 'tool_call') {
      const call = callOf(part, unnamed);
      if (typeof call === 'string') return `.parts[${index}]${call}`;
      calls.push(call);
    } else if (part.type === 'tool_call_response') results.push(resultOf(part, unnamed));
    else if (part.type === 'reasoning') reasoningParts += 1;
    else
      texts.push(
        asString(part.content ?? part.text) !== undefined && part.type === 'text' ? textOf(part.content ?? part.text) : named(part),
      );
  }
  const role = asString(turn.role) ?? '';
  if (texts.length === 0 && calls.length === 0) return { messages: results, reasoningParts };
  const spoken = chatMessage({ role: ROLE_NAMES.get(role) ?? role, content: texts.join('\n') }, unnamed);
  if (typeof spoken === 'string') return spoken;
  return { messages: [...results, calls.length > 0 ? { ...spoken, tool_calls: calls } : spoken], reasoningParts };
}

/** What cannot be said in words is named, so that nothing vanishes silently. */
function named(part: JsonObject): string {
  return `[${asString(part.modality) ?? asString(part.type) ?? 'part'}]`;
}

function callOf(part: JsonObject, unnamed: UnnamedCalls): ToolCall | string {
  const call = { name: part.name ?? null, arguments: part.arguments ?? {} };
  const message = chatMessage(
    { role: 'assistant', content: null, tool_calls: [(part.id ?? null) === null ? call : { ...call, id: part.id ?? null }] },
    unnamed,
  );
  if (typeof message === 'string') return message.replace('.tool_calls[0]', '');
  return message.tool_calls?.[0] ?? ': expected a call of a tool';
}

function resultOf(part: JsonObject, unnamed: UnnamedCalls): Message {
  const id = asText(part.id) ?? unnamed.waiting.shift();
  return { role: 'tool', content: textOf(part.response ?? part.result ?? part.content), ...(id !== undefined && { tool_call_id: id }) };
}
