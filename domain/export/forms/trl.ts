import type { JsonObject, JsonValue } from '../../shared/json.ts';
import type { Message } from '../../../schemas/evidence.ts';
import type { PreferenceRow, SftRow } from '../../../schemas/export-rows.ts';
import { callsOf, functionCall, parseArguments } from './chat-turns.ts';
import { functionTools } from './function-tools.ts';
import { shaped, type Shaped } from './shaped.ts';

/** An SFT row as conversational language modelling. `tools` is always there, null where the conversation has none: a column must not come and go. */
export function trlRow({ id, messages, tools }: SftRow): Shaped {
  const declared = functionTools(tools);
  return shaped({ id, messages: trlTurns(messages), tools: declared.length === 0 ? null : declared });
}

/** A preference row as conversational preference data with an explicit prompt. */
export function trlPair({ id, prompt, chosen, rejected }: PreferenceRow): Shaped {
  return shaped({ id, prompt: trlTurns(prompt), chosen: trlTurns(chosen), rejected: trlTurns(rejected) });
}

/** Turns for a chat template: the arguments of a call are a value there, not text. Arguments that are no object stay text, which the rules refuse. */
export function trlTurns(messages: readonly Message[]): JsonObject[] {
  return messages.map((message) => {
    const { role, content, name, tool_call_id } = message;
    const calls = callsOf(message);
    return {
      role,
      content,
      ...(calls.length === 0 ? {} : { tool_calls: calls.map((call) => functionCall(call, argumentsOf(call.arguments))) }),
      ...(tool_call_id === undefined ? {} : { tool_call_id }),
      ...(name === undefined ? {} : { name }),
    };
  });
}

function argumentsOf(text: string): JsonValue {
  return parseArguments(text) ?? text;
}
