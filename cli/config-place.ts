import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CONFIG_NAME } from '../adapters/files/config-file.ts';
import { UsageError } from '../domain/shared/errors.ts';
import type { Io } from './io.ts';
import { workspaceFolder, type PlaceOptions } from './places.ts';

/** Path of the config file that the options name. It need not exist, unless --config names it. */
export function configFile(io: Io, options: PlaceOptions): string {
  if (options.config === undefined) return join(workspaceFolder(io, options), CONFIG_NAME);
  const path = resolve(io.cwd, options.config);
  if (existsSync(path)) return path;
  throw new UsageError(`looking for the config file ${options.config}: expected a file, found none.`, 'Name a file that exists.');
}

/** The same for a command that only looks: where there is no workspace, the config is all defaults. */
export function configFileToRead(io: Io, options: PlaceOptions): string {
  try {
    return configFile(io, options);
  } catch (error) {
    if (options.config !== undefined || !(error instanceof UsageError)) throw error;
    return join(io.cwd, CONFIG_NAME);
  }
}
