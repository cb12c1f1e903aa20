import type { Command } from 'commander';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { explained } from './help.ts';

/** `lauter sources …`: what files of traces are. */
export function addSources(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const sources = program.command('sources').description('look at files of traces');
  explained(
    sources
      .command('detect <paths...>')
      .description('say of each file which format it is, how many records it holds, and why: 2 when one is of no known format, or of two')
      .option('--json', 'print it (source-detection/1) as one JSON document'),
    'lauter sources detect ./traces',
    'files[{file kind adapters confidence records broken reason}] counts{source companion ignored unknown ambiguous unreadable} records',
  ).action(async (paths: string[], options: { json?: boolean }) =>
    settle(await (await import('../commands/sources-detect.ts')).sourcesDetect(io, paths, options)),
  );
}
