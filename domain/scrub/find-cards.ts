import { isCardNumber } from '../redaction/index.ts';
import { digitChains, stands, type DigitGroup } from './digit-groups.ts';
import type { Finding } from './finding.ts';

/** Card numbers with the prefix and length of an issuer and a right check digit, in groups or not; not the bare number of an order. */
export function* findCards(text: string): Generator<Finding> {
  for (const chain of digitChains(text)) {
    for (let first = 0; first < chain.length;) {
      const last = lastGroupOfCard(text, chain, first);
      if (last === undefined) first += 1;
      else {
        yield { class: 'card', start: chain[first]!.start, end: chain[last]!.end };
        first = last + 1;
      }
    }
  }
}

const MOST_DIGITS = 19;
const NUMBERED = /(?<![a-z])(?:order|invoice|ticket|tracking)(?:[\s_:#-]|number|no\b\.?)*$/i;

/** The last of the groups that together are the longest card number which begins with the first one. */
function lastGroupOfCard(text: string, chain: readonly DigitGroup[], first: number): number | undefined {
  let digits = '';
  let found: number | undefined;
  for (let last = first; last < chain.length; last += 1) {
    digits += chain[last]!.digits;
    if (digits.length > MOST_DIGITS) break;
    if (isCardNumber(digits) && (last > first || isBareCard(text, chain, first))) found = last;
  }
  return found;
}

function isBareCard(text: string, chain: readonly DigitGroup[], at: number): boolean {
  const { start, end, gap } = chain[at]!;
  const isGlued = /\w/.test(text.charAt(start - 1)) || /\w/.test(text.charAt(end));
  const isFraction = chain[at - 1]?.gap === '.' || gap === '.';
  return !isGlued && !isFraction && !stands(NUMBERED, text, start, 40);
}
