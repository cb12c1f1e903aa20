import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { parseStrictJson, StrictJsonError } from '../../shared/strict-json.ts';
import { isBlank } from '../../shared/text.ts';
import { isObject } from '../../shared/json.ts';
import type { Message, ToolCall } from '../../../schemas/evidence.ts';

/** A call as the chat API writes it; `args` is its text or its value, as the form asks. */
export function functionCall({ id, name }: ToolCall, args: JsonValue): JsonObject {
  return { id, type: 'function', function: { name, arguments: args } };
}

/** The arguments of a call as a JSON object, numbers unharmed; undefined when the model wrote something else. */
export function parseArguments(text: string): JsonObject | undefined {
  try {
    const value = parseStrictJson(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof StrictJsonError) return undefined;
    throw error;
  }
}

/** The conversation without system turns that say nothing, up to its last assistant turn: results at the end are not what a model learns. */
export function untilAssistant(messages: readonly Message[]): { readonly turns: readonly Message[]; readonly cutTurns: number } {
  const end = messages.findLastIndex((message) => message.role === 'assistant') + 1;
  return {
    turns: messages.slice(0, end).filter((message) => message.role !== 'system' || !isBlank(message.content)),
    cutTurns: messages.length - end,
  };
}

export function callsOf(message: Message): readonly ToolCall[] {
  return message.tool_calls ?? [];
}
