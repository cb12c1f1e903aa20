import type { ReplayBundle } from '../../schemas/replay-run.ts';
import { isBlank, normalizeText } from '../shared/text.ts';
import { tokensOf } from './tokens.ts';

/** Name and version of the model that is built in. */
export const EXTRACTIVE_MODEL = 'extractive/1';

const MOST_SENTENCES = 5;
/** A longer one is a listing, not a sentence. It is never cut: half a name is another name. */
const MOST_CHARS = 400;
const PREFACE = 'Quoted from the playbooks, not written by a language model:';

/**
 * An answer without any model: of the exemplars, or where there are none of the warnings, the five sentences that share most distinct words with the
 * task, shorter ones before longer ones, then earlier before later. Empty when no sentence shares one.
 */
export function extractAnswer(task: string, { exemplars, warnings }: ReplayBundle): string {
  const asked = new Set(tokensOf(task));
  const sentences = (exemplars.length > 0 ? exemplars : warnings).flatMap(({ title, content }) =>
    sentencesOf(content).filter((sentence) => sentence !== title),
  );
  const best = [...new Set(sentences)]
    .map((text, place) => ({ text, place, shared: new Set(tokensOf(text).filter((token) => asked.has(token))).size }))
    .filter(({ shared }) => shared > 0)
    .sort((left, right) => right.shared - left.shared || left.text.length - right.text.length || left.place - right.place)
    .slice(0, MOST_SENTENCES)
    .sort((left, right) => left.place - right.place);
  return best.length === 0 ? '' : [PREFACE, ...best.map(({ text }) => `- ${text}`)].join('\n');
}

function sentencesOf(content: string): string[] {
  return content
    .split(/[\r\n]+|(?<=[.!?])\s+/)
    .map(normalizeText)
    .filter((sentence) => !isBlank(sentence) && sentence.length <= MOST_CHARS);
}
