import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Lauter keeps what it installed for this user and every workspace shares: `lauter/<name>` in the user's cache. */
export function userCache(env: NodeJS.ProcessEnv, name: string): string {
  return join(env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache'), 'lauter', name);
}
