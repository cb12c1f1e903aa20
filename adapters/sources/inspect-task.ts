import { asArray, asString, asText, isObject, type JsonObject } from '../../domain/shared/json.ts';
import { contentText } from './drafts.ts';
import { Attachments } from './inspect-attachments.ts';
import { inputTurns } from './inspect-messages.ts';
import { shortHash } from './short-hash.ts';
import type { EvidenceDraft } from './source-adapter.ts';

/**
 * The task of a sample: its input, with the choices where there are some. Epochs, and runs of other models, are attempts at the same task; the text is
 * part of the key, because the ids of a dataset are mostly numbers and another version of it counts alike.
 */
export function inspectTask(sample: JsonObject, spec: JsonObject): EvidenceDraft['task'] {
  const id = asText(sample.id) ?? null;
  const text = textOf(sample);
  return { id, key: `inspect/${asString(spec.task) ?? ''}/${id ?? ''}/${shortHash(text)}`, text };
}

function textOf(sample: JsonObject): string {
  const attachments = new Attachments(sample);
  const turns = inputTurns(sample.input).filter(isObject);
  const asked = turns.filter((turn) => turn.role === 'user').map((turn) => contentText(wordsOf(turn, attachments)) ?? '');
  const choices = (asArray(sample.choices) ?? []).map((choice, index) => `${letterOf(index)}) ${asText(choice) ?? ''}`);
  return [asked.join('\n\n'), choices.join('\n')].filter((part) => part !== '').join('\n\n');
}

function wordsOf(turn: JsonObject, attachments: Attachments): JsonObject[string] | undefined {
  if (!Array.isArray(turn.content)) return attachments.resolve(turn.content ?? null);
  return turn.content.map((part) => (isObject(part) && typeof part.text !== 'string' ? part : attachments.resolve(part)));
}

/** A to Z, then 1, 2, 3, as the choices are shown to the model. */
function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : String(index - 25);
}
