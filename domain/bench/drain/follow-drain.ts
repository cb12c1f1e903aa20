/** One work queue of a run. An inactive one is retired: what is stuck in it is nobody's concern. */
export interface WorkQueue {
  readonly name: string;
  readonly active: boolean;
  readonly pending: number;
  readonly processing: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Where the draining of the queues stands after a reading. */
export type DrainState =
  | { readonly state: 'waiting'; readonly isQuiet: boolean; readonly names: readonly string[] }
  | { readonly state: 'drained' }
  | { readonly state: 'impossible'; readonly reason: 'no_active_queue' | 'queue_missing' };

/** Before the first reading. */
export const DRAIN_START: DrainState = { state: 'waiting', isQuiet: false, names: [] };

/**
 * Takes one reading of all queues. Drained means that no active queue holds a pending or processing item, twice in a row, and that no queue seen before
 * has vanished: neither the absence of all queues nor that of one is an empty queue.
 */
export function followDrain(before: DrainState, queues: readonly WorkQueue[]): DrainState {
  if (before.state !== 'waiting') return before;
  const active = queues.filter((queue) => queue.active);
  if (active.length === 0) return { state: 'impossible', reason: 'no_active_queue' };
  const names = queues.map(({ name }) => name);
  if (before.names.some((name) => !names.includes(name))) return { state: 'impossible', reason: 'queue_missing' };
  const isQuiet = active.every(({ pending, processing }) => pending === 0 && processing === 0);
  return isQuiet && before.isQuiet ? { state: 'drained' } : { state: 'waiting', isQuiet, names };
}
