import { SECRET_FAMILIES } from './detectors.ts';
import { createRedactor, type Redactor } from './redactor.ts';
import { mapFields, mapShared, mapStrings } from './shared-parts.ts';
import { SHORTEST_TOKEN } from './tokens.ts';

/** The parts of a record that hold text from outside. */
export interface RedactableDraft {
  readonly task: { readonly id: string | null; readonly key?: string; readonly text: string };
  readonly messages: readonly RedactableMessage[];
  readonly tools?: readonly unknown[] | undefined;
  readonly artifacts: readonly { readonly text: string; readonly path?: string | undefined }[];
  readonly signals: object;
}

interface RedactableMessage {
  readonly content: string;
  readonly name?: string | undefined;
  readonly tool_calls?: readonly { readonly arguments: string }[] | undefined;
}

/**
 * The draft with every finding replaced, sharing all parts without one, and the occurrences by detector.
 * Ids and keys of tasks lose secrets only, since digits in them are no phone numbers; the model, the place and the signed value stay as they are.
 */
export function redactDraft<D extends RedactableDraft>(draft: D): { draft: D; redactions: Record<string, number> } {
  const redactor = createRedactor();
  // The task comes first: the numbers in a redacted key then depend on nothing else, and attempts at one task stay together.
  const task = redactTask(draft.task, redactor);
  // The task is mostly somebody's words too, and need not be searched twice.
  const cleanText = task.text === draft.task.text ? task.text : undefined;
  const redact = (text: string): string => (text === cleanText || isOneWord(text) ? text : redactor.redact(text));
  const messages = mapShared(draft.messages, (message) => redactMessage(message, redact, redactor));
  const artifacts = mapShared(draft.artifacts, (artifact) => mapFields(artifact, ['text', 'path'], redact));
  const signals = mapStrings(draft.signals, redact);
  const tools = mapStrings(draft.tools, redact);
  const isClean = Object.keys(redactor.counts).length === 0;
  return {
    draft: isClean ? draft : { ...draft, task, messages, artifacts, signals, ...(tools === undefined ? {} : { tools }) },
    redactions: redactor.counts,
  };
}

/** What has neither digit nor sign is no finding unless it is as long as a token. Signals are full of such words. */
function isOneWord(text: string): boolean {
  return text.length < SHORTEST_TOKEN && /^[a-z]*$/i.test(text);
}

function redactTask<T extends RedactableDraft['task']>(task: T, redactor: Redactor): T {
  const named = mapFields(task, ['id', 'key'], (text) => redactor.redact(text, SECRET_FAMILIES));
  return mapFields(named, ['text'], (text) => redactor.redact(text));
}

function redactMessage<T extends RedactableMessage>(message: T, redact: (text: string) => string, redactor: Redactor): T {
  const spoken = mapFields(message, ['content', 'name'], redact);
  if (spoken.tool_calls === undefined) return spoken;
  const calls = mapShared(spoken.tool_calls, (call) => mapFields(call, ['arguments'], (text) => redactor.redactJson(text)));
  return calls === spoken.tool_calls ? spoken : { ...spoken, tool_calls: calls };
}
