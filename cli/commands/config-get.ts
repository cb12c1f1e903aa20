import { readConfig } from '../../adapters/files/config-file.ts';
import { configPath, valueAt } from '../../adapters/files/config-keys.ts';
import { statedValue } from '../../adapters/files/edit-config.ts';
import { createRedactor, SECRET_FAMILIES } from '../../domain/redaction/index.ts';
import type { ConfigValue } from '../../schemas/config-value.ts';
import { configFileToRead } from '../config-place.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

export interface ConfigGetOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter config get [KEY]`: the value that counts, defaults included. */
export function configGet(io: Io, key: string | undefined, options: ConfigGetOptions): ExitCode {
  const file = configFileToRead(io, options);
  const path = key === undefined ? [] : configPath(key);
  const value = valueAt(readConfig(file, createRedactor(SECRET_FAMILIES)), path) ?? null;
  if (options.json === true) {
    const document: ConfigValue = {
      schema: 'config-value/1',
      file,
      key: key ?? null,
      value,
      is_stated: statedValue(file, path) !== undefined,
    };
    io.out(JSON.stringify(document, null, 2));
  } else io.out(typeof value === 'string' ? plain(value) : JSON.stringify(value, null, 2));
  return EXIT.accepted;
}
