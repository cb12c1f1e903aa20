import type { PairedSample } from '../comparison/index.ts';

/** A task as both sides of a comparison did it. */
export interface PairedTask<Side> {
  readonly id: string;
  readonly a: Side;
  readonly b: Side;
}

/** A metric of two sides, task by task; a task in which it has no value on either side is left out. */
export function sampleOf<Side>(
  names: Omit<PairedSample, 'pairs'>,
  tasks: readonly PairedTask<Side>[],
  valueOf: (side: Side) => number | null,
): PairedSample {
  const pairs = tasks.flatMap(({ id, a, b }) => {
    const [valueA, valueB] = [valueOf(a), valueOf(b)];
    return valueA === null || valueB === null ? [] : [{ id, a: valueA, b: valueB }];
  });
  return { ...names, pairs };
}

/** How many tasks have the value 1 on both sides of a sample of 0 and 1, on one of them, and on none. */
export function tableOf({ pairs }: PairedSample): Readonly<Record<'both' | 'onlyA' | 'onlyB' | 'neither', number>> {
  const count = (inA: number, inB: number): number => pairs.filter(({ a, b }) => a === inA && b === inB).length;
  return { both: count(1, 1), onlyA: count(1, 0), onlyB: count(0, 1), neither: count(0, 0) };
}
