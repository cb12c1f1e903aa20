import type { Command } from 'commander';
import type { GlossaryOptions } from '../commands/glossary.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { explained } from './help.ts';

/** `lauter glossary`. */
export function addGlossary(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    program
      .command('glossary')
      .description('what every printed metric means')
      .option('--metric <name>', 'one of them, by any name that it is printed under, such as recall@10')
      .option('--write <file>', 'write all of it as a Markdown page')
      .option('--check <file>', '1 when that page differs from what would be written, 2 when there is none')
      .option('--json', 'print it as one JSON document'),
    'lauter glossary --metric recall_all@5',
    'schema_version sections[{title lead metrics[{name also industry_term eli10 range}]}] _meta{metric_glossary}; with --metric: schema_version metric entry',
  ).action(async (options: GlossaryOptions) => settle((await import('../commands/glossary.ts')).glossary(io, options)));
}

/** The option of every command that prints a table of metrics. */
export function withGlossary(command: Command): Command {
  return command.option('--glossary', 'tell below the table what its figures mean; --json always does');
}
