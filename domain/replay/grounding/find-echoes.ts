import { plainMarks } from '../plain-marks.ts';
import { tokensOf } from '../tokens.ts';
import type { NamedThing } from './find-named.ts';
import { occursIn, type Sources } from './sources.ts';

/**
 * The sentences of an answer that say again what the task asks to be verified: what they name occurs in the task and nowhere in the bundle, and more
 * than half of their words are the task's. Whether something holds is not answered by saying it once more. None for any other task.
 */
export function findEchoes(
  answer: string,
  task: string,
  named: readonly NamedThing[],
  { bundle, asked }: { readonly bundle: Sources; readonly asked: Sources },
): { readonly text: string; readonly at: number }[] {
  if (!ASKS_FOR_PROOF.test(plainMarks(task))) return [];
  const taskTokens = new Set(tokensOf(task));
  return sentencesOf(answer).filter(({ text, at }) => {
    const own = named.filter((thing) => thing.at >= at && thing.at < at + text.length);
    if (
      isNoClaim(text) ||
      own.every(({ kind }) => kind === 'number') ||
      !own.every((thing) => occursIn(asked, thing) && !occursIn(bundle, thing))
    )
      return false;
    const words = [...new Set(tokensOf(text))];
    return words.filter((word) => taskTokens.has(word)).length * 2 > words.length;
  });
}

/** The task begins by asking for a check, or is a question that yes or no would answer. */
const ASKS_FOR_PROOF = new RegExp(
  [
    String.raw`^\W*(?:(?:please|can you|could you|would you)\s+)*`,
    String.raw`(?:(?:re-?|double[- ]?)?(?:verify|check|assert|ensure|confirm|audit|review|validate|prove|test|inspect)\b`,
    String.raw`|make (?:sure|certain)\b|(?:determine|examine|see|say|find out|tell (?:me|us)|show (?:me|us)?) ?(?:if|whether|that)\b`,
    String.raw`|(?:is|are|was|were|does|do|did|has|have|can(?! (?:you|we)\b))\b[^?]*\?)`,
  ].join(''),
  'i',
);

/** Headings and questions claim nothing. */
function isNoClaim(sentence: string): boolean {
  return /^#|^\*\*[^*]+\*\*$|[:?]$/.test(sentence);
}

function sentencesOf(text: string): { text: string; at: number }[] {
  return [...text.matchAll(SENTENCE)].flatMap(({ 0: whole, index }) => {
    const own = whole.trim();
    return own === '' ? [] : [{ text: own, at: index + whole.indexOf(own) }];
  });
}

const SENTENCE = /[^\n]+?(?:[.!?]{1,3}["')*]{0,3}(?=\s)|$)/gm;
