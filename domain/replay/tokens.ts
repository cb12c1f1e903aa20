import { termOf, wordsOf } from '../search/index.ts';

/** Words that say nothing of what a text is about; the stop words of the search are a part of them. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'a about above after again all also am an and any are as at be because been before being below between both but by can could did do does doing ' +
    'done down during each few for from further had has have having he her here hers him his how i if in into is it its itself just let may me ' +
    'might more most must my no nor not now of off on once only onto or other our ours out over own per same shall she should so some such than ' +
    'that the their theirs them then there these they this those through to too under until up upon us very via was we were what when where which ' +
    'while who whom whose why will with within without would yes yet you your yours ' +
    's t d m ll re ve don doesn didn isn aren wasn weren won wouldn couldn shouldn can cannot'
  ).split(' '),
);

/**
 * What a text is about: its words in order, lower case, without function words, stemmed. `known` remembers words from text to text: a corpus has few
 * of them, and stemming each but once saves three quarters of the time.
 */
export function tokensOf(text: string, known = new Map<string, string | null>()): string[] {
  const tokens: string[] = [];
  for (const word of wordsOf(text)) {
    let token = known.get(word);
    if (token === undefined) {
      token = FUNCTION_WORDS.has(word) ? null : (termOf(word) ?? null);
      known.set(word, token);
    }
    if (token !== null) tokens.push(token);
  }
  return tokens;
}
