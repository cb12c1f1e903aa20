import { streamOf } from '../../../domain/stats/sfc32.ts';

/** Numbers by chance; the same for one name. */
export interface Chance {
  /** In [0, 1). */
  uniform(): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
  /** Mean 1, at least 0, far from symmetric. */
  skewed(): number;
}

/** Chance that a text names. */
export function chanceOf(name: string): Chance {
  const next = streamOf(name);
  const uniform = (): number => next() / 0x1_0000_0000;
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    skewed: () => -Math.log(1 - uniform()),
  };
}

/** So many numbers of one kind. */
export function drawMany(count: number, draw: () => number): number[] {
  return Array.from({ length: count }, draw);
}
