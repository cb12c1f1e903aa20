import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { SetupError } from './setup-error.mjs';

const MINIMUM_SERVER = [1, 29, 1];

/**
 * What tests and runs will use as Temporal server: an address of the user, or the program that adapters/temporal/server-binary.ts will find in
 * the same order. null when one must be installed; SetupError when LAUTER_TEMPORAL_BIN names something unusable.
 */
export async function findServer(env) {
  for (const name of ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE']) if (env[name]) return `${name}=${env[name]}`;
  const named = env.LAUTER_TEMPORAL_BIN;
  if (named) {
    if (await isUsable(named)) return named;
    throw new SetupError(
      `server: expected LAUTER_TEMPORAL_BIN to name \`temporal\` with server ${MINIMUM_SERVER.join('.')} or newer, found ${named}. ` +
        'Set it to another program, or unset it.',
    );
  }
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const path = join(folder, programName());
    if (folder !== '' && existsSync(path) && (await isUsable(path))) return path;
  }
  const cache = cacheFolder(env);
  const names = existsSync(cache) ? readdirSync(cache).filter((name) => /^\d/.test(name) && name.endsWith(`-${platformName()}`)) : [];
  for (const name of names.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))) {
    const path = join(cache, name, programName());
    if (existsSync(path) && (await isUsable(path))) return path;
  }
  return null;
}

/** Where installed servers are kept, one folder per version and platform. */
export function cacheFolder(env) {
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'lauter', 'temporal');
}

/** Operating system and processor in Go's words, as in linux-amd64. */
export function platformName() {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
}

export function programName() {
  return process.platform === 'win32' ? 'temporal.exe' : 'temporal';
}

/** The versions that a program names: { cli, server }; null when it is no `temporal`. */
export async function askVersions(path) {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: 20_000 });
    const [, cli, server] = /version (\S+) \(Server v?(\d+\.\d+\.\d+)/.exec(stdout) ?? [];
    return server === undefined ? null : { cli, server };
  } catch {
    return null;
  }
}

/** True when the program holds a server that is new enough. */
export async function isUsable(path) {
  const found = await askVersions(path);
  if (found === null) return false;
  const parts = found.server.split('.').map(Number);
  const index = MINIMUM_SERVER.findIndex((minimum, at) => parts[at] !== minimum);
  return index === -1 || parts[index] > MINIMUM_SERVER[index];
}
