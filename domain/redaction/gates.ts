import type { Detector } from './detector.ts';

/** A test that holds where one of the hints does: their alternation, which is read once instead of once for each. */
export function anyHintOf(detectors: readonly Detector[], flags = ''): (text: string) => boolean {
  const union = new RegExp(detectors.map((detector) => detector.hint.source).join('|'), flags);
  return (text) => union.test(text);
}

/**
 * True when the text has `length` letters, digits, `_` or `-` in a row. Read backwards from where such a run could end at the earliest: the first
 * other character moves that place behind itself, so that most of the text is passed over. On prose eleven times as fast as the pattern
 * `[\w-]{length}`, and half the cost of looking for the prefixes of tokens.
 */
export function hasRun(text: string, length: number): boolean {
  for (let end = length - 1; end < text.length;) {
    let at = end;
    while (at > end - length && isTokenCharacter(text.charCodeAt(at))) at -= 1;
    if (at === end - length) return true;
    end = at + length;
  }
  return false;
}

function isTokenCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || code === 45;
}
