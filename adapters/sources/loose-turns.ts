import { asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { textOf } from './trace-turns.ts';

/**
 * Turns out of whatever a tracing tool recorded as input or output: a list of turns, a request or an answer of a chat API, one turn, else one turn of
 * `role` with the text. `spelled` is that text where the value was parsed out of one.
 */
export function looseTurns(value: JsonValue, role: 'user' | 'assistant', spelled?: string): JsonValue[] {
  const isTold = Array.isArray(value) && value.length > 0 && value.every(isTurn);
  if (isTold) return value.map(known);
  if (isObject(value)) {
    if (Array.isArray(value.messages) && value.messages.length > 0 && value.messages.every(isTurn)) return value.messages.map(known);
    const message = choiceIn(value) ?? (isTurn(value) ? value : undefined);
    if (message !== undefined) return [known(message)];
  }
  return [{ role, content: spelled ?? textOf(value) }];
}

function isTurn(value: JsonValue | undefined): value is JsonObject {
  return isObject(value) && asString(value.role) !== undefined && ('content' in value || 'tool_calls' in value || 'parts' in value);
}

function choiceIn(value: JsonObject): JsonObject | undefined {
  const [choice] = Array.isArray(value.choices) ? value.choices : [];
  return isObject(choice) && isTurn(choice.message) ? choice.message : undefined;
}

/** The turn with the habits of some libraries put right: calls with `args`, calls beside the message, and blocks that call and answer tools. */
function known(turn: JsonValue): JsonValue {
  if (!isObject(turn)) return turn;
  const beside = isObject(turn.additional_kwargs) ? turn.additional_kwargs.tool_calls : undefined;
  const calls = Array.isArray(turn.tool_calls) ? turn.tool_calls : beside;
  const blocks = Array.isArray(turn.content) ? turn.content.filter(isObject) : [];
  if (blocks.some(({ type }) => BLOCK_TYPES.has(asString(type) ?? ''))) return { role: turn.role ?? null, parts: blocks.map(partOf) };
  return Array.isArray(calls) ? { ...turn, tool_calls: calls.map(withArguments) } : turn;
}

const BLOCK_TYPES: ReadonlySet<string> = new Set(['tool_use', 'tool_result', 'thinking', 'redacted_thinking']);

function partOf(block: JsonObject): JsonObject {
  switch (block.type) {
    case 'tool_use':
      return { type: 'tool_call', id: block.id ?? null, name: block.name ?? null, arguments: block.input ?? {} };
    case 'tool_result':
      return { type: 'tool_call_response', id: block.tool_use_id ?? null, response: block.content ?? null };
    case 'thinking':
    case 'redacted_thinking':
      return { type: 'reasoning' };
    default:
      return block;
  }
}

function withArguments(call: JsonValue): JsonValue {
  return isObject(call) && call.args !== undefined && call.arguments === undefined ? { ...call, arguments: call.args } : call;
}
