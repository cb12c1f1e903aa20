import { InvalidArgumentError } from 'commander';

/** Takes a whole number within bounds, and nothing that only looks like one. */
export function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
  };
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
