import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { serverUserSchema } from '../../schemas/server-state.ts';
import type { ServerUser } from '../../schemas/server-state.ts';
import { writeJsonAtomically } from '../atomic-write.ts';
import { identityKey, isAlive, ownIdentity } from '../process-identity.ts';
import type { ServerPlaces } from './server-places.ts';

/** Writes down that this process uses the server, once per call; the answer takes that back. Call it behind the door lock. */
export function registerUser(places: ServerPlaces): () => void {
  const identity = ownIdentity();
  registrations += 1;
  const path = join(places.users, `${identityKey(identity)}.${registrations}.json`);
  const user: ServerUser = { schema: 'server-user/1', pid: identity.pid, pid_started: identity.started };
  writeJsonAtomically(path, user);
  return () => rmSync(path, { force: true });
}
let registrations = 0;

/** Takes back every use of this process. */
export function removeOwnUsers(places: ServerPlaces): void {
  const prefix = `${identityKey(ownIdentity())}.`;
  for (const path of userFiles(places)) if (basename(path).startsWith(prefix)) rmSync(path, { force: true });
}

/** How many users live. */
export function countUsers(places: ServerPlaces): number {
  return userFiles(places).filter(isLiveUser).length;
}

/** Removes what killed users left behind. Call it behind the door lock. */
export function removeDeadUsers(places: ServerPlaces): void {
  for (const path of userFiles(places)) if (!isLiveUser(path)) rmSync(path, { force: true });
}

function userFiles(places: ServerPlaces): string[] {
  if (!existsSync(places.users)) return [];
  return readdirSync(places.users)
    .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
    .map((name) => join(places.users, name));
}

/** A file that cannot be understood names nobody, so it keeps no server up. */
function isLiveUser(path: string): boolean {
  try {
    const { pid, pid_started: started } = serverUserSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    return isAlive({ pid, started });
  } catch {
    return false;
  }
}
