import type { SentSignal } from '../../adapters/temporal/signals-in-history.ts';
import type { PausedBy } from '../../workflows/run-control.ts';

/** Who has paused a run after these signals: what its workflow would answer, if there were a worker to let it answer. */
export function pausedBySignals(before: PausedBy | null, signals: readonly SentSignal[]): PausedBy | null {
  return signals.reduce((paused, signal) => pausedAfter(paused, signal), before);
}

function pausedAfter(paused: PausedBy | null, { name, argument }: SentSignal): PausedBy | null {
  if (name === 'pause') return argument === 'interrupt' ? 'interrupt' : 'user';
  if (name === 'resume') return null;
  // Another command carries the run on: that lifts the interrupt of the first one, never a person's pause.
  return name === 'adopt' && paused === 'interrupt' ? null : paused;
}
