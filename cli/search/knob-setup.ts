import { dirname } from 'node:path';
import { readConfig } from '../../adapters/files/config-file.ts';
import { createRedactor, SECRET_FAMILIES } from '../../domain/redaction/index.ts';
import { resolveKnobs, type ResolvedKnobs } from '../../domain/search/index.ts';
import type { Config } from '../../schemas/config.ts';
import { configFileToRead } from '../config-place.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

/** What a config makes of searches that say nothing of their own. */
export interface KnobSetup {
  readonly file: string;
  /** Folder that relative paths of the config start from. */
  readonly base: string;
  readonly config: Config;
  readonly resolved: ResolvedKnobs;
}

/** Reads the config that counts; all defaults where there is none. `mode` in place of that of the config. */
export function readKnobSetup(io: Io, options: PlaceOptions, mode?: string): KnobSetup {
  const file = configFileToRead(io, options);
  const config = readConfig(file, createRedactor(SECRET_FAMILIES));
  const resolved = resolveKnobs({ settings: config.search, mode, salvage: io.env.LAUTER_SEARCH_SALVAGE });
  return { file, base: dirname(file), config, resolved };
}
