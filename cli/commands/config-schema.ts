import { configJsonSchema } from '../../schemas/config-json-schema.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';

/** `lauter config schema`: the JSON Schema of the config file; lauter.schema.json is this text. */
export function configSchemaCommand(io: Io): ExitCode {
  io.out(configSchemaText());
  return EXIT.accepted;
}

/** The JSON Schema as it is written to a file. */
export function configSchemaText(): string {
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}
