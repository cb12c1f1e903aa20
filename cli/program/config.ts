import type { Command } from 'commander';
import type { ConfigGetOptions } from '../commands/config-get.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** `lauter config …`: reads and edits lauter.config.json; comments and order stay. */
export function addConfig(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const config = program.command('config').description('read and edit lauter.config.json');
  explained(
    placed(config.command('get [key]').description('the value that counts, defaults included')).option(
      '--json',
      'print it (config-value/1) as one JSON document',
    ),
    'lauter config get distill.partial_min',
    'file key value is_stated',
  ).action(async (key: string | undefined, options: ConfigGetOptions) =>
    settle((await import('../commands/config-get.ts')).configGet(io, key, options)),
  );
  explained(
    placed(config.command('set <key> <value>').description('state a value; JSON where it parses as such, else a string')),
    'lauter config set distill.max_quarantined 0.1',
  ).action(async (key: string, value: string, options: PlaceOptions) =>
    settle((await import('../commands/config-set.ts')).configSet(io, key, value, options)),
  );
  explained(
    placed(config.command('unset <key>').description('take a value away, so that its default counts again')),
    'lauter config unset sources.0.options',
  ).action(async (key: string, options: PlaceOptions) =>
    settle((await import('../commands/config-unset.ts')).configUnset(io, key, options)),
  );
  explained(
    config.command('schema').description('print the JSON Schema of the config file'),
    'lauter config schema > lauter.schema.json',
  ).action(async () => settle((await import('../commands/config-schema.ts')).configSchemaCommand(io)));
}
