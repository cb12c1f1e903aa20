import type { JsonObject, JsonValue } from '../../shared/json.ts';
import type { Attempt, Told } from './telling.ts';

/** One conversation at the desk of the library; fields that are left out are not in the record. */
export interface Chat {
  readonly id: string;
  readonly task: string;
  readonly ask: JsonValue;
  readonly answer?: string;
  /** Turns after the question, where they are more than an answer. */
  readonly turns?: readonly JsonObject[];
  readonly system?: string;
  readonly label?: 'accepted' | 'rejected' | 'partial';
  readonly reward?: number;
  readonly tools?: readonly JsonValue[];
  readonly more?: JsonObject;
}

const DESK = 'You answer at the desk of the library of Northmoor. Keep to the house rules and name the shelf.';

/** A record of the chat format, and the attempt it is. */
export function tellChat(
  { id, task, ask, answer, turns, system = DESK, label, reward, tools, more }: Chat,
  ...attempts: readonly Attempt[]
): Told {
  const value: JsonObject = {
    id,
    task_id: task,
    created_at: '2026-05-04T09:30:00Z',
    model: 'fen-chat-2',
    ...(label === undefined ? {} : { label }),
    ...(reward === undefined ? {} : { reward }),
    ...more,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: ask },
      ...(answer === undefined ? [] : [{ role: 'assistant', content: answer }]),
      ...(turns ?? []),
    ],
    ...(tools === undefined ? {} : { tools: [...tools] }),
  };
  return { value, attempts };
}

/** A turn that calls a tool. */
export function callTool(id: string, name: string, args: JsonObject): JsonObject {
  return { role: 'assistant', content: null, tool_calls: [{ id, type: 'function', function: { name, arguments: JSON.stringify(args) } }] };
}

/** The turn that answers the call. */
export function toolSays(id: string, content: string): JsonObject {
  return { role: 'tool', tool_call_id: id, content };
}
