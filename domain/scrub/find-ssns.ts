import { digitChains, stands, type DigitGroup } from './digit-groups.ts';
import type { Finding } from './finding.ts';

/** Social security numbers: three, two and four digits between hyphens, or any nine digits a little way behind their name. */
export function* findSsns(text: string): Generator<Finding> {
  for (const chain of digitChains(text)) {
    for (let first = 0; first < chain.length;) {
      const count = groupsOfSsn(text, chain, first);
      if (count > 0) yield { class: 'ssn', start: chain[first]!.start, end: chain[first + count - 1]!.end };
      first += Math.max(1, count);
    }
  }
}

const NAMED = /(?<![a-z])(?:ssn|social[\s_-]{0,2}security)[^]{0,20}$/i;
const REACH = 45;

/** How many groups, from the first one on, are such a number; 0 when none are. */
function groupsOfSsn(text: string, chain: readonly DigitGroup[], first: number): number {
  const { start, digits } = chain[first]!;
  if (digits.length !== 3 && digits.length !== 9) return 0;
  const count = digits.length === 9 ? 1 : 3;
  const groups = chain.slice(first, first + count);
  if (count === 3 && groups.map((group) => group.digits.length).join() !== '3,2,4') return 0;
  const isPartOfMore = /[-.]/.test(chain[first - 1]?.gap ?? '') || /[-.]/.test(groups.at(-1)!.gap ?? '');
  if (isPartOfMore || /\w/.test(text.charAt(groups.at(-1)!.end))) return 0;
  if (stands(NAMED, text, start, REACH)) return count;
  const isWritten = count === 3 && groups[0]!.gap === '-' && groups[1]!.gap === '-';
  return isWritten && !/[\w#]/.test(text.charAt(start - 1)) ? count : 0;
}
