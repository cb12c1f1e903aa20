import type { Split } from '../../schemas/vocabulary.ts';

export interface SplitShares {
  readonly validation: number;
  readonly test: number;
}

/** Draws below `test` go to the test split, those below `validation` to validation, the rest to training. */
export interface SplitBounds {
  readonly test: number;
  readonly validation: number;
}

const DRAWS = 2 ** 32;

/** What decides the split of a cluster: the first 32 bits of the sha256 of its smallest task key. Never depends on other rows. */
export function drawOf(cluster: string, sha256: (text: string) => string): number {
  return Number.parseInt(sha256(`split/1\n${cluster}`).slice(0, 8), 16);
}

/** Where the shares cut the range of draws. */
export function splitBounds({ validation, test }: SplitShares): SplitBounds {
  return { test: test * DRAWS, validation: (test + validation) * DRAWS };
}

/** The split of a draw. */
export function splitAt(draw: number, { test, validation }: SplitBounds): Split {
  if (draw < test) return 'test';
  return draw < validation ? 'validation' : 'train';
}
