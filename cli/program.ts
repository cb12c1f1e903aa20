import { Command, CommanderError } from 'commander';
import { distillRunAll, type RunAllOptions } from './commands/distill-run-all.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { addEngine } from './program/engine.ts';
import { placed } from './program/placed.ts';
import { addRuns } from './program/runs.ts';
import { tellError } from './tell-error.ts';
import type { Io } from './io.ts';
import { VERSION } from './version.ts';

/** Runs one command line and gives its exit code; never ends the process itself. */
export async function runProgram(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.accepted;
  const program = createProgram({ ...io, args }, (result) => (code = result));
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.accepted : EXIT.impossible;
    io.err(tellError(error, args.includes('--debug')));
    return EXIT.impossible;
  }
}

/** The command tree. `settle` receives the exit code of the command that ran. */
export function createProgram(io: Io, settle: (code: ExitCode) => void): Command {
  const program = new Command('lauter')
    .description('Refines the traces of agents into training-safe data, and proves it.')
    .version(VERSION)
    .option('--debug', 'show stack traces')
    .showSuggestionAfterError(true)
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride();
  addDistill(program, io, settle);
  addRuns(program, io, settle);
  addEngine(program, io, settle);
  return program;
}

function addDistill(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const distill = program.command('distill').description('traces → gated training data');
  placed(distill.command('run-all [paths...]').description('refine traces end to end: materialize, score, export, receipts, audit'))
    .option('--json', 'print the run summary (run-summary/1) as one JSON document')
    .option('--skip-unknown', 'go on without files of no known format')
    .option('--include-partial', 'let partially accepted rows into SFT')
    .option('--format <list>', 'files each set is written as: jsonl, parquet', list)
    .option('--keep-server', 'leave the embedded Temporal server running')
    .addHelpText('after', '\nExample:\n  lauter distill run-all ./traces --json > summary.json\n\nKeys of --json: run_id verdict reasons workflow_id stages sources categories exports quarantined redactions drift paths')
    .action(async (paths: string[], options: RunAllOptions) => settle(await distillRunAll(io, paths, options)));
}

function list(value: string): string[] {
  return value.split(',').map((item) => item.trim());
}
