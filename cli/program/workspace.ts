import { Option, type Command } from 'commander';
import { SEARCH_MODES } from '../../schemas/vocabulary.ts';
import type { InitOptions } from '../commands/init.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { wholeNumber } from './arguments.ts';
import { explained } from './help.ts';

/** `lauter init` and `lauter samples`: what there is to begin with. */
export function addWorkspace(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    program
      .command('init [paths...]')
      .description('make a workspace, look at folders of traces, and write the config that names them')
      .option('--workspace <dir>', 'folder that Lauter keeps everything in (or LAUTER_WORKSPACE)')
      .option('--yes', 'write without asking')
      .option('--force', 'add what is missing to a config that is there already')
      .addOption(new Option('--mode <mode>', 'how much a search delivers; asked for at a terminal, else balanced').choices(SEARCH_MODES))
      .option('--json', 'print it (init-report/1) as one JSON document'),
    'lauter init ./traces --workspace ./refinery',
    'workspace config written mode sources[{name adapter paths}] unclear[{file reason}]',
  ).action(async (paths: string[], options: InitOptions) => settle(await (await import('../commands/init.ts')).init(io, paths, options)));
  const samples = program.command('samples').description('sample traces to try everything with');
  explained(
    samples
      .command('write [dir]')
      .description('write sample traces of every format, with the truth about them')
      .addOption(
        new Option('--seed <number>', 'other samples of the same kind')
          .argParser(wholeNumber(0, Number.MAX_SAFE_INTEGER))
          .conflicts('acceptance'),
      )
      .option('--acceptance', 'write the traces that `lauter distill acceptance` runs over instead'),
    'lauter samples write ./samples',
  ).action(async (dir: string | undefined, options: { seed?: number; acceptance?: boolean }) =>
    settle((await import('../commands/samples-write.ts')).samplesWrite(io, dir, options)),
  );
}
