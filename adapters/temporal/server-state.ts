import { readFileSync } from 'node:fs';
import { EngineError } from '../../domain/shared/errors.ts';
import { serverStateSchema } from '../../schemas/server-state.ts';
import type { ServerState } from '../../schemas/server-state.ts';
import { writeJsonAtomically } from '../atomic-write.ts';
import { isAlive } from '../process-identity.ts';
import type { ProcessIdentity } from '../process-identity.ts';
import type { ServerPlaces } from './server-places.ts';

/** What is known of the server last started; null before the first start, EngineError when the file is not what Lauter wrote. */
export function readServerState(places: ServerPlaces): ServerState | null {
  let text: string;
  try {
    text = readFileSync(places.state, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    return serverStateSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new EngineError(
      `reading the state of the embedded server, on ${places.state}: expected a server-state/1 document, found something else.`,
      `Stop the server if one still runs (its process id stands in ${places.serverLock}), then delete ${places.state}.`,
      {},
      error,
    );
  }
}

/** Replaces the state as a whole. */
export function writeServerState(places: ServerPlaces, state: ServerState): void {
  writeJsonAtomically(places.state, state);
}

/** The process that the state names. */
export function serverProcess(state: ServerState): ProcessIdentity {
  return { pid: state.pid, started: state.pid_started };
}

/** The state of the workspace's server while its process lives, else null. */
export function readRunningServer(places: ServerPlaces): ServerState | null {
  const state = readServerState(places);
  return state !== null && isAlive(serverProcess(state)) ? state : null;
}
