import type { LeaseState } from '../../schemas/vocabulary.ts';

/** Which states may follow which. A resume may always be tried, whoever asks for it and however often. */
const NEXT: Readonly<Record<LeaseState, readonly LeaseState[]>> = {
  pausing: ['paused', 'resuming', 'resume_pending', 'resumed'],
  paused: ['resuming', 'resume_pending', 'resumed'],
  resuming: ['resume_pending', 'resumed'],
  resume_pending: ['resuming', 'resumed'],
  resumed: [],
};

/** True when a lease may go from one state to another, or stay as it is. A lease never becomes `paused` again once its end has begun. */
export function mayBecome(from: LeaseState, to: LeaseState): boolean {
  return from === to || NEXT[from].includes(to);
}

/** True while its owner may renew it: before its end has begun. */
export function mayBeRenewed(state: LeaseState): boolean {
  return state === 'pausing' || state === 'paused';
}
