import type { Command } from 'commander';
import type { SearchEmbedderAddOptions } from '../commands/search-embedder-add.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { explained } from './help.ts';

/** `lauter search embedder …`: what makes vectors on this machine. */
export function addSearchEmbedder(search: Command, io: Io, settle: (code: ExitCode) => void): void {
  const embedder = search.command('embedder').description('the optional part that makes vectors of texts on this machine');
  explained(
    embedder
      .command('add')
      .description("installs the part that runs ONNX models into the user's cache, by npm, at exact versions and without their scripts")
      .option('--json', 'print what was installed as one JSON document'),
    'lauter search embedder add',
    'schema_version outcome folder packages[{name version}]',
  ).action(async (options: SearchEmbedderAddOptions) =>
    settle(await (await import('../commands/search-embedder-add.ts')).searchEmbedderAdd(io, options)),
  );
}
