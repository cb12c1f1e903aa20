import { configPath } from '../../adapters/files/config-keys.ts';
import { editConfig, statedValue } from '../../adapters/files/edit-config.ts';
import { createRedactor, SECRET_FAMILIES } from '../../domain/redaction/index.ts';
import { configFile } from '../config-place.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

/** `lauter config unset KEY`: takes what the file states away, so that the default counts again. */
export function configUnset(io: Io, key: string, options: PlaceOptions): ExitCode {
  const path = configPath(key);
  const file = configFile(io, options);
  if (statedValue(file, path) === undefined) {
    io.err(`${key} is not set in ${file}`);
    return EXIT.accepted;
  }
  editConfig(file, [{ path, value: undefined }], createRedactor(SECRET_FAMILIES));
  io.err(`${key} is no longer set in ${file}`);
  return EXIT.accepted;
}
