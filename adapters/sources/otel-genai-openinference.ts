import { isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { structured, unflattened } from './otlp-json.ts';
import { looseTurns } from './loose-turns.ts';
import type { FoundTurns } from './trace-turns.ts';

/** Turns of OpenInference: `llm.input_messages.0.message.role` and so on, or the prompts and choices of a completion without turns. */
export function openInferenceTurns(attributes: JsonObject, side: 'input' | 'output'): FoundTurns | undefined {
  const field = side === 'input' ? 'llm.input_messages' : 'llm.output_messages';
  const messages = unflattened(attributes, field);
  if (messages !== undefined) return { turns: messages.map((entry) => turnOf(isObject(entry) ? entry.message : entry)), field };
  const plainField = side === 'input' ? 'llm.prompts' : 'llm.choices';
  const role = side === 'input' ? 'user' : 'assistant';
  const texts = unflattened(attributes, plainField)?.map((entry) => {
    const held = isObject(entry) ? (entry.prompt ?? entry.completion) : undefined;
    return { role, content: isObject(held) ? (held.text ?? null) : null };
  });
  return texts && { turns: texts, field: plainField };
}

/** The raw input or output of a span as turns: a request or an answer of the chat API where it is one, else the text. */
export function rawTurns(attributes: JsonObject, side: 'input' | 'output'): FoundTurns | undefined {
  const raw = attributes[`${side}.value`] ?? attributes[`traceloop.entity.${side}`];
  if (raw === undefined || raw === null || raw === '') return undefined;
  return { turns: looseTurns(structured(raw) ?? raw, side === 'input' ? 'user' : 'assistant', textIn(raw)), field: `${side}.value` };
}

function textIn(raw: JsonValue): string | undefined {
  return typeof raw === 'string' ? raw : undefined;
}

function turnOf(message: JsonValue | undefined): JsonValue {
  if (!isObject(message)) return message ?? null;
  const parts = Array.isArray(message.contents) ? message.contents.filter(isObject) : [];
  const calls = [...callsIn(message.tool_calls), ...callsIn(parts)];
  if (typeof message.function_call_name === 'string')
    calls.push({ function: { name: message.function_call_name, arguments: message.function_call_arguments_json ?? '' } });
  const spoken = parts
    .filter(({ message_content: held }) => isObject(held) && held.type !== 'reasoning')
    .map(({ message_content: held }) => held);
  return {
    role: message.role ?? null,
    content: message.content ?? (spoken.length > 0 ? spoken.map((held) => ({ ...(isObject(held) ? held : {}) })) : null),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(message.tool_call_id !== undefined && { tool_call_id: message.tool_call_id }),
    ...(message.name !== undefined && { name: message.name }),
  };
}

function callsIn(entries: JsonValue | undefined): JsonObject[] {
  return (Array.isArray(entries) ? entries : []).flatMap((entry) => {
    const call = isObject(entry) ? entry.tool_call : undefined;
    if (!isObject(call)) return [];
    const asked = isObject(call.function) ? call.function : {};
    return [{ ...(call.id !== undefined && { id: call.id }), function: { name: asked.name ?? null, arguments: asked.arguments ?? '' } }];
  });
}
