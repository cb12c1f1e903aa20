import { isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { structured } from './otlp-json.ts';
import type { FoundTurns } from './trace-turns.ts';
import type { SpanEvent } from './otlp-spans.ts';

/**
 * Turns of the conventions up to 1.36, one event each: `gen_ai.user.message` and its kin before the call, `gen_ai.choice` behind it; before that,
 * `gen_ai.content.prompt` and `gen_ai.content.completion` held all of them as JSON text.
 */
export function eventTurns(events: readonly SpanEvent[], side: 'input' | 'output'): FoundTurns | undefined {
  const turns = events.flatMap((event) => (side === 'input' ? inputTurn(event) : outputTurn(event)));
  if (turns.length > 0) return { turns, field: side === 'input' ? 'gen_ai.*.message' : 'gen_ai.choice' };
  const [name, field] =
    side === 'input'
      ? (['gen_ai.content.prompt', 'gen_ai.prompt'] as const)
      : (['gen_ai.content.completion', 'gen_ai.completion'] as const);
  const given = events.find((event) => event.name === name)?.attributes[field];
  return given === undefined ? undefined : { turns: structured(given) ?? null, field };
}

const ROLES: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
]);

function inputTurn(event: SpanEvent): JsonObject[] {
  const role = ROLES.get(event.name);
  if (role === undefined) return [];
  const body = bodyOf(event);
  return [{ ...messageOf(body), role, ...(role === 'tool' && body.id !== undefined && { tool_call_id: body.id }) }];
}

function outputTurn(event: SpanEvent): JsonObject[] {
  if (event.name !== 'gen_ai.choice') return [];
  const body = bodyOf(event);
  const message = structured(body.message) ?? body.message;
  const said = isObject(message) ? message : typeof message === 'string' ? { content: message } : body;
  return [{ ...messageOf(said), role: 'assistant', ...(body.finish_reason !== undefined && { finish_reason: body.finish_reason }) }];
}

function messageOf(body: JsonObject): JsonObject {
  const calls = structured(body.tool_calls);
  const content = structuredParts(body.content);
  return { content, ...(Array.isArray(calls) && calls.length > 0 && { tool_calls: calls.map(withArguments) }) };
}

/** Where content may not be captured, a call stands without its arguments. */
function withArguments(call: JsonValue): JsonValue {
  if (!isObject(call) || !isObject(call.function) || call.function.arguments !== undefined) return call;
  return { ...call, function: { ...call.function, arguments: '' } };
}

/** Parts are lists; in attributes they stand as JSON text. */
function structuredParts(content: JsonValue | undefined): JsonValue {
  if (typeof content !== 'string' || !content.startsWith('[{"')) return content ?? null;
  const parts = structured(content);
  return Array.isArray(parts) ? parts : content;
}

/** The body of a log record; span events carry it as attributes, or as JSON text in one of them. */
function bodyOf({ attributes, body }: SpanEvent): JsonObject {
  if (isObject(body)) return body;
  const packed = structured(attributes['gen_ai.event.content'] ?? body);
  return isObject(packed) ? packed : attributes;
}
