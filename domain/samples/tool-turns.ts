import type { JsonObject, JsonValue } from '../shared/json.ts';
import type { Random } from '../shared/random.ts';
import type { Turn } from './chat-record.ts';

/** One tool of an agent in the way chat APIs declare it; `fields` are its parameters, all of them texts. */
export function declareTool(name: string, description: string, fields: readonly string[]): JsonValue {
  const properties = Object.fromEntries(fields.map((field) => [field, { type: 'string' }]));
  return { type: 'function', function: { name, description, parameters: { type: 'object', properties, required: [...fields] } } };
}

/** An assistant turn that calls a tool and the tool's answer. */
export function callTool(random: Random, name: string, args: JsonObject, result: JsonValue): [Turn, Turn] {
  const id = callId(random);
  return [askTool(id, name, args), { role: 'tool', tool_call_id: id, name, content: JSON.stringify(result) }];
}

/** An assistant turn that calls a tool. */
export function askTool(id: string, name: string, args: JsonObject): Turn {
  return { role: 'assistant', content: null, tool_calls: [{ id, type: 'function', function: { name, arguments: JSON.stringify(args) } }] };
}

/** The id of a call, as providers form it. */
export function callId(random: Random): string {
  return `call_${Array.from({ length: 4 }, () => random.int(1_000_000).toString(36).padStart(4, '0')).join('')}`;
}
