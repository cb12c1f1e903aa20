import { setTimeout as sleep } from 'node:timers/promises';
import { openLeaseFile } from '../../adapters/pause/lease-file.ts';

/** What was seen of the leases of a workspace. */
export interface LeaseWatch {
  /** Tokens in the order in which they appeared. */
  readonly tokens: readonly number[];
  /** Leases that stood there although another one had not ended, in words. */
  readonly faults: readonly string[];
  stop(): Promise<void>;
}

const LOOK_MS = 5;

/** Looks at the marker again and again: a lease may follow another one only when the end of that one was verified, and keeps its owner. */
export function watchLeases(workspace: string): LeaseWatch {
  const leases = openLeaseFile(workspace);
  const owners = new Map<number, string>();
  const faults: string[] = [];
  let isStopped = false;
  const look = (): void => {
    const marker = leases.read();
    if (marker.kind === 'unreadable') faults.push(`a marker that cannot be read: ${marker.problem}`);
    if (marker.kind !== 'lease') return;
    const { token, owner } = marker.lease;
    const before = [...owners.keys()].at(-1);
    if (owners.has(token) && owners.get(token) !== owner) faults.push(`lease ${token} of ${owners.get(token)} became one of ${owner}`);
    if (before !== undefined && token < before) faults.push(`lease ${token} came after lease ${before}`);
    // Read after the marker: the end of a lease is written down before another one can begin.
    const ended = leases.tokens().resumed?.token ?? 0;
    if (before !== undefined && token > before && ended < before) faults.push(`lease ${token} began while lease ${before} was open`);
    owners.set(token, owner);
  };
  const watching = (async () => {
    while (!isStopped) {
      look();
      await sleep(LOOK_MS);
    }
  })();
  return {
    get tokens() {
      return [...owners.keys()];
    },
    faults,
    stop: async () => {
      isStopped = true;
      await watching;
    },
  };
}
