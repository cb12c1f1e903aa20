import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where the parts of a workspace's embedded server lie. */
export interface ServerPlaces {
  readonly folder: string;
  readonly state: string;
  readonly log: string;
  /** One file per command that uses the server. */
  readonly users: string;
  /** Held by the server's own process for as long as it lives: no two servers on one database. */
  readonly serverLock: string;
  /** Held by a command for as long as it joins, starts or leaves the server. */
  readonly doorLock: string;
  /** One database per server version: opening one with another version is not promised to work. */
  database(serverVersion: string): string;
}

/** The places of a workspace, whether they exist or not. */
export function serverPlaces(workspaceDir: string): ServerPlaces {
  const folder = join(workspaceDir, 'temporal');
  return {
    folder,
    state: join(folder, 'server.json'),
    log: join(folder, 'server.log'),
    users: join(folder, 'users'),
    serverLock: join(folder, 'server.lock'),
    doorLock: join(folder, 'door.lock'),
    database: (serverVersion) => join(folder, `temporal-${serverVersion}.db`),
  };
}

/** Creates the folders for this user alone: the server has no passwords, and its database holds what workflows were given. */
export function createServerFolders(places: ServerPlaces): void {
  mkdirSync(places.users, { recursive: true, mode: 0o700 });
}
