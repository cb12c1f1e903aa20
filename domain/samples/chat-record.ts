import type { JsonObject, JsonValue } from '../shared/json.ts';
import { dayOf } from './moments.ts';
import type { Telling, Told } from './telling.ts';

/** A turn as chat files spell it. */
export type Turn = JsonObject & { readonly role: string };

/** All that goes into one line of a chat file besides its quality. */
export interface ChatParts {
  readonly id: string;
  readonly taskId: string;
  readonly at: string;
  readonly model: string;
  readonly messages: readonly Turn[];
  readonly tools?: readonly JsonValue[];
  /** Whether id, task, time, truth and usage stand at the top of the record or under `metadata`. */
  readonly place: 'top' | 'metadata';
}

/** What a kind of record is worth: the truth that stands in the file and what follows from it. */
export interface Intent extends Pick<Telling, 'expected' | 'planted' | 'sft'> {
  readonly label?: 'accepted' | 'rejected' | 'partial';
  readonly reward?: number;
}

/** One record of an openai-chat file with its telling. */
export function tellChat(parts: ChatParts, intent: Intent): Told {
  const facts: JsonObject = {
    id: parts.id,
    task_id: parts.taskId,
    created_at: parts.at,
    model: parts.model,
    ...(intent.label === undefined ? {} : { label: intent.label }),
    ...(intent.reward === undefined ? {} : { reward: intent.reward }),
    usage: usageOf(parts.messages),
  };
  const talk: JsonObject = { messages: [...parts.messages], ...(parts.tools === undefined ? {} : { tools: [...parts.tools] }) };
  return {
    value: parts.place === 'top' ? { ...facts, ...talk } : { ...talk, metadata: facts },
    task: parts.taskId,
    truth: truthWords(intent),
    day: dayOf(parts.at),
    expected: intent.expected,
    ...(intent.planted === undefined ? {} : { planted: intent.planted }),
    ...(intent.sft === undefined ? {} : { sft: intent.sft }),
  };
}

/** Adds marks to what a telling already plants. */
export function alsoPlanted(intent: Intent, marks: readonly string[]): Intent {
  return marks.length === 0 ? intent : { ...intent, planted: [...(intent.planted ?? []), ...marks] };
}

function truthWords(intent: Intent): string {
  const words: string[] = [];
  if (intent.label !== undefined) words.push(`label ${intent.label}`);
  if (intent.reward !== undefined) words.push(`reward ${intent.reward}`);
  return words.length === 0 ? 'none' : words.join(', ');
}

// Four characters a token is close enough for a field that only shows where usage stands.
function usageOf(messages: readonly Turn[]): JsonObject {
  const sizes = messages.map((turn) => [turn.role, Math.ceil(JSON.stringify(turn).length / 4)] as const);
  const sum = (isCompletion: boolean) =>
    sizes.reduce((total, [role, size]) => total + ((role === 'assistant') === isCompletion ? size : 0), 0);
  return { prompt_tokens: sum(false), completion_tokens: sum(true) };
}
