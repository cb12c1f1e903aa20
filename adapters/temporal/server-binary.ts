import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { EngineError } from '../../domain/shared/errors.ts';
import { userCache } from '../user-cache.ts';
import { askServerVersion, compareVersions, MINIMUM_SERVER_VERSION } from './server-version.ts';

/** A `temporal` program that can run the embedded server, and where it was found. */
export interface ServerBinary {
  readonly path: string;
  readonly serverVersion: string;
  readonly from: 'LAUTER_TEMPORAL_BIN' | 'PATH' | 'cache';
}

/**
 * The program for the embedded server: the one named by LAUTER_TEMPORAL_BIN, else `temporal` on PATH when its server is new enough, else
 * the newest in Lauter's cache. EngineError with the ways to get one when there is none. Nothing is downloaded here: filling the cache can
 * take minutes and belongs to the set-up step (scripts/setup.mjs).
 */
export async function findServerBinary(env: NodeJS.ProcessEnv): Promise<ServerBinary> {
  const named = env['LAUTER_TEMPORAL_BIN'];
  if (named) return useNamed(named);
  const passedOver: string[] = [];
  for (const { path, from } of [...onPath(env), ...inCache(env)]) {
    const answer = await askServerVersion(path);
    if (!('version' in answer)) passedOver.push(`${path} (${answer.problem})`);
    else if (compareVersions(answer.version, MINIMUM_SERVER_VERSION) < 0) passedOver.push(`${path} (server ${answer.version})`);
    else return { path, serverVersion: answer.version, from };
  }
  throw new EngineError(
    `looking for the engine's server, on PATH and in ${cacheFolder(env)}: expected \`temporal\` with server ${MINIMUM_SERVER_VERSION} or newer, ` +
      `found ${passedOver.length === 0 ? 'none' : `only ${passedOver.join(', ')}`}.`,
    installRoutes(env),
  );
}

async function useNamed(path: string): Promise<ServerBinary> {
  const answer = await askServerVersion(path);
  if ('version' in answer && compareVersions(answer.version, MINIMUM_SERVER_VERSION) >= 0) {
    return { path, serverVersion: answer.version, from: 'LAUTER_TEMPORAL_BIN' };
  }
  throw new EngineError(
    `looking for the engine's server, on LAUTER_TEMPORAL_BIN=${path}: expected \`temporal\` with server ${MINIMUM_SERVER_VERSION} or newer, ` +
      `found ${'version' in answer ? `server ${answer.version}` : answer.problem}.`,
    'Set LAUTER_TEMPORAL_BIN to another program, or unset it to let Lauter look on PATH and in its cache.',
  );
}

function onPath(env: NodeJS.ProcessEnv): { path: string; from: 'PATH' }[] {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => ({ path: join(folder, programName()), from: 'PATH' as const })).filter(({ path }) => existsSync(path));
}

/** `<cache>/<version>-<os>-<arch>/temporal`, newest version first. */
function inCache(env: NodeJS.ProcessEnv): { path: string; from: 'cache' }[] {
  const folder = cacheFolder(env);
  if (!existsSync(folder)) return [];
  const ending = `-${platformName()}`;
  const versions = readdirSync(folder).flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : []));
  return versions
    .sort((a, b) => compareVersions(b, a))
    .map((version) => ({ path: join(folder, `${version}${ending}`, programName()), from: 'cache' as const }))
    .filter(({ path }) => existsSync(path));
}

/** Where Lauter keeps servers that it installed; the set-up scripts use the same place. */
export function cacheFolder(env: NodeJS.ProcessEnv): string {
  return userCache(env, 'temporal');
}

/** Operating system and processor in Go's words, as in linux-amd64. */
export function platformName(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const processor = process.arch === 'x64' ? 'amd64' : process.arch;
  return `${system}-${processor}`;
}

function programName(): string {
  return process.platform === 'win32' ? 'temporal.exe' : 'temporal';
}

function installRoutes(env: NodeJS.ProcessEnv): string {
  return (
    'Do one of these: set TEMPORAL_ADDRESS to a running Temporal server; set LAUTER_TEMPORAL_BIN to a `temporal` program; put `temporal` on PATH; ' +
    'in a clone, run `npm start`, which installs one; or, with Go, run ' +
    `\`GOBIN="${join(cacheFolder(env), `1.5.1-${platformName()}`)}" CGO_ENABLED=0 go install -ldflags='-s -w' github.com/temporalio/cli/cmd/temporal@v1.5.1\`.`
  );
}
