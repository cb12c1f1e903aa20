/** Digits without anything between them. */
export interface DigitGroup {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  /** What stands between this group and the next of its chain: a space, a hyphen or a dot. Undefined at the end. */
  readonly gap: string | undefined;
}

/** Groups of digits that belong together: each one sign away from the next. */
export function* digitChains(text: string): Generator<readonly DigitGroup[]> {
  let chain: DigitGroup[] = [];
  for (const { 0: digits, index: start } of text.matchAll(/\d+/g)) {
    const end = start + digits.length;
    const gap = /[ .-]/.test(text.charAt(end)) && /\d/.test(text.charAt(end + 1)) ? text.charAt(end) : undefined;
    chain.push({ digits, start, end, gap });
    if (gap === undefined) {
      yield chain;
      chain = [];
    }
  }
}

/** Whether a pattern, which ends in `$`, holds for what stands right before a place. Looks back no more than `reach` characters. */
export function stands(pattern: RegExp, text: string, before: number, reach: number): boolean {
  return pattern.test(text.slice(Math.max(0, before - reach), before));
}
