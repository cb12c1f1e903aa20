import { join } from 'node:path';

/** Where the parts of a pause lie in a workspace. */
export interface PausePlaces {
  readonly folder: string;
  readonly marker: string;
  /** Held for as long as the marker is read and written. */
  readonly markerLock: string;
  readonly tokens: string;
}

/** The places of a workspace, whether they exist or not. */
export function pausePlaces(workspaceDir: string): PausePlaces {
  const folder = join(workspaceDir, 'locks');
  const marker = join(folder, 'pause-lease.json');
  return { folder, marker, markerLock: `${marker}.lock`, tokens: join(folder, 'pause-tokens.json') };
}

/** Where the guard of one production system keeps what others may know of it; `key` names the system. */
export interface GuardPlaces {
  readonly folder: string;
  /** Held by the guard for as long as it lives: one guard for one system. */
  readonly lock: string;
  /** Held by whoever starts it. */
  readonly startLock: string;
  readonly beat: string;
  readonly log: string;
}

/** The places of a guard, whether they exist or not. */
export function guardPlaces(workspaceDir: string, key: string): GuardPlaces {
  const folder = join(workspaceDir, 'locks', 'pause-guard');
  const place = (ending: string): string => join(folder, `${key}.${ending}`);
  return { folder, lock: place('lock'), startLock: place('start.lock'), beat: place('json'), log: place('log') };
}
