import { InvalidArgumentError } from 'commander';

/** Takes a whole number within bounds, and nothing that only looks like one. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
}

/** Takes a whole number from 1 on, and nothing that only looks like one. */
export function countFromOne(value: string): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= 1 && Number.isSafeInteger(number)) return number;
  throw new InvalidArgumentError('Expected a whole number from 1 on.');
}

/** Takes a finite number from 0 on, and nothing that only looks like one. */
export function numberFromZero(value: string): number {
  if (isNumber(value)) return Number(value);
  throw new InvalidArgumentError('Expected a number from 0 on.');
}

/** True for a finite number from 0 on, written out. */
function isNumber(value: string): boolean {
  return /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(value) && Number.isFinite(Number(value));
}

/** Takes a finite number from 0 on, or `none`, which is no limit: null. */
export function budgetOrNone(value: string): number | null {
  if (value === 'none') return null;
  if (isNumber(value)) return Number(value);
  throw new InvalidArgumentError('Expected a number from 0 on, or none.');
}

/** Takes a share: a number from 0 to 1. */
export function rate(value: string): number {
  if (isNumber(value) && Number(value) <= 1) return Number(value);
  throw new InvalidArgumentError('Expected a number from 0 to 1.');
}

/** Takes a number above 0 and below 1. */
export function shareInside(value: string): number {
  if (isNumber(value) && Number(value) > 0 && Number(value) < 1) return Number(value);
  throw new InvalidArgumentError('Expected a number above 0 and below 1.');
}

/** Takes a finite number above 0. */
export function numberAboveZero(value: string): number {
  if (isNumber(value) && Number(value) > 0) return Number(value);
  throw new InvalidArgumentError('Expected a number above 0.');
}

/** Takes words of a closed list, separated by commas; at least one. */
export function listOf<Word extends string>(words: readonly Word[]): (value: string) => Word[] {
  return (value) =>
    value.split(',').map((item) => {
      const word = words.find((known) => known === item.trim());
      if (word === undefined) throw new InvalidArgumentError(`Expected a list of ${words.join(', ')}.`);
      return word;
    });
}

const UNITS_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** Takes a duration such as `45m`, `120s` or `250ms`; gives milliseconds. */
export function duration(value: string): number {
  const [, count, unit] = /^(\d+)\s*(ms|s|m|h|d)$/.exec(value) ?? [];
  const ms = Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS];
  if (Number.isSafeInteger(ms)) return ms;
  throw new InvalidArgumentError('Expected a duration: a whole number and ms, s, m, h or d, such as 45m.');
}

/** Takes parts of a whole, separated by commas: numbers above 0 and up to 1, each above the one before, at most so many. */
export function growingShares(most: number): (value: string) => number[] {
  return (value) => {
    const texts = value.split(',').map((text) => text.trim());
    const shares = texts.map(Number);
    const isGrowing = shares.every((share, at) => isNumber(texts[at]!) && share > (shares[at - 1] ?? 0) && share <= 1);
    if (isGrowing && shares.length <= most) return shares;
    throw new InvalidArgumentError(`Expected numbers above 0 and up to 1, each above the one before, at most ${most}.`);
  };
}
