import { stemEnglish } from './porter.ts';

/** Words too common to search by: the classic list of 33. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was ' + 'will with'
  ).split(' '),
);

/**
 * The terms of a text, in order: NFKC, lower case, split at everything that is neither letter nor digit, stop words removed, ASCII words stemmed by
 * Porter's rules.
 */
export function analyze(text: string): string[] {
  return wordsOf(text).flatMap((word) => termOf(word) ?? []);
}

/** The words of a text, in order: NFKC, lower case, split at everything that is neither letter nor digit. */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  const plain = fold(text);
  if (!IS_ASCII.test(plain)) return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  // Most text: looked at once, character by character.
  let from = -1;
  for (let at = 0; at < plain.length; at += 1) {
    const code = plain.charCodeAt(at);
    const isInside = (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
    if (isInside && from < 0) from = at;
    else if (!isInside && from >= 0) {
      words.push(plain.slice(from, at));
      from = -1;
    }
  }
  if (from >= 0) words.push(plain.slice(from));
  return words;
}

/** What a word is searched by; undefined for one that is too common. */
export function termOf(word: string): string | undefined {
  return STOP_WORDS.has(word) ? undefined : stem(word);
}

const IS_ASCII = /^[\0-\x7f]*$/;

function fold(text: string): string {
  return (IS_ASCII.test(text) ? text : text.normalize('NFKC')).toLowerCase();
}

function stem(word: string): string {
  return /^[a-z]+$/.test(word) ? stemEnglish(word) : word;
}
