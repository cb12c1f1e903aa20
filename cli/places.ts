import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { CONFIG_NAME, readConfig } from '../adapters/files/config-file.ts';
import { createRedactor, SECRET_FAMILIES } from '../domain/redaction/index.ts';
import { UsageError } from '../domain/shared/errors.ts';
import type { Config } from '../schemas/config.ts';
import type { Io } from './io.ts';
import { PACKAGE_ROOT } from './version.ts';

export interface PlaceOptions {
  readonly workspace?: string | undefined;
  readonly config?: string | undefined;
}

/** Folder of the workspace: --workspace, LAUTER_WORKSPACE, ./data in a clone, or the folder we stand in when it is one. */
export function workspaceFolder(io: Io, options: PlaceOptions): string {
  const named = options.workspace ?? io.env.LAUTER_WORKSPACE;
  if (named !== undefined && named !== '') return resolve(io.cwd, named);
  if (resolve(io.cwd) === PACKAGE_ROOT) return join(PACKAGE_ROOT, 'data');
  if (existsSync(join(io.cwd, 'workspace.json')) || existsSync(join(io.cwd, CONFIG_NAME))) return resolve(io.cwd);
  throw new UsageError(
    `looking for the workspace: expected --workspace, LAUTER_WORKSPACE, or a workspace in ${io.cwd}, found none.`,
    'Make one here with `lauter init`, or name one with --workspace DIR.',
  );
}

/** The config that counts, and the folder its relative paths start from. */
export function loadConfig(io: Io, workspace: string, options: PlaceOptions): { config: Config; path: string; base: string } {
  const path =
    options.config === undefined
      ? join(workspace, CONFIG_NAME)
      : isAbsolute(options.config)
        ? options.config
        : resolve(io.cwd, options.config);
  if (options.config !== undefined && !existsSync(path)) {
    throw new UsageError(`reading the config: expected a file at ${options.config}, found none.`, 'Name a file that exists.');
  }
  return { config: readConfig(path, createRedactor(SECRET_FAMILIES)), path, base: dirname(path) };
}
