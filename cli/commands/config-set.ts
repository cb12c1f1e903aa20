import { configPath } from '../../adapters/files/config-keys.ts';
import { editConfig } from '../../adapters/files/edit-config.ts';
import { createRedactor, SECRET_FAMILIES } from '../../domain/redaction/index.ts';
import { configFile } from '../config-place.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

/** `lauter config set KEY VALUE`: VALUE is JSON where it parses as such, else a string. */
export function configSet(io: Io, key: string, text: string, options: PlaceOptions): ExitCode {
  const path = configPath(key);
  const file = configFile(io, options);
  editConfig(file, [{ path, value: jsonOrText(text) }], createRedactor(SECRET_FAMILIES));
  io.err(`${key} is set in ${file}`);
  return EXIT.accepted;
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
