import { stemmer } from 'stemmer';

/** Words too common to search by: the classic list of 33. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was ' + 'will with'
  ).split(' '),
);

/**
 * The terms of a text, in order: NFKC, lower case, split at everything that is neither letter nor digit, stop words removed, ASCII words stemmed by
 * Porter's rules.
 */
export function analyze(text: string): string[] {
  return stemAll(wordsOf(text).filter((word) => !STOP_WORDS.has(word)));
}

/** The terms of a query. One of nothing but stop words is searched by them: it would find nothing otherwise. */
export function analyzeQuery(text: string): string[] {
  const terms = analyze(text);
  return terms.length > 0 ? terms : stemAll(wordsOf(text));
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function stemAll(words: readonly string[]): string[] {
  return words.map((word) => (/^[a-z]+$/.test(word) ? stemmer(word) : word));
}
