import { Command, CommanderError } from 'commander';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { warnOfPause } from './pause/warn-of-pause.ts';
import { addBench } from './program/bench.ts';
import { addBudget } from './program/budget.ts';
import { addConfig } from './program/config.ts';
import { addDistill } from './program/distill.ts';
import { addEngine } from './program/engine.ts';
import { addEval } from './program/eval.ts';
import { addGlossary } from './program/glossary.ts';
import { addProbe } from './program/probe.ts';
import { addRelease } from './program/release.ts';
import { addReplay } from './program/replay.ts';
import { addRuns } from './program/runs.ts';
import { addSchedule } from './program/schedule.ts';
import { addSearch } from './program/search.ts';
import { addSources } from './program/sources.ts';
import { addStats } from './program/stats.ts';
import { addTrace } from './program/trace.ts';
import { refuseRepeats } from './program/refuse-repeats.ts';
import { addWorkspace } from './program/workspace.ts';
import type { PlaceOptions } from './places.ts';
import { tellError } from './tell-error.ts';
import type { Io } from './io.ts';
import { usageJson } from './usage-json.ts';
import { VERSION } from './version.ts';

/** Runs one command line and gives its exit code; never ends the process itself. */
export async function runProgram(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.accepted;
  const program = createProgram({ ...io, args }, (result) => (code = result));
  if (args.length === 0) {
    program.outputHelp();
    return EXIT.accepted;
  }
  try {
    await program.parseAsync(withoutDebug(args), { from: 'user' });
    return code;
  } catch (error) {
    const isHelp = error instanceof CommanderError && error.exitCode === 0;
    if (!isHelp && ANSWER_IN_JSON.has(args[0] ?? '') && args.includes('--json')) io.out(usageJson(error));
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.accepted : EXIT.impossible;
    io.err(tellError(error, args.includes('--debug')));
    return EXIT.impossible;
  }
}

/** Groups whose `--json` also holds for errors: their readers are programs that gate changes. */
const ANSWER_IN_JSON: ReadonlySet<string> = new Set(['search', 'eval', 'stats', 'glossary', 'budget', 'probe', 'schedule', 'doctor']);

/** `--debug` counts wherever it stands, up to a `--`. */
function withoutDebug(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.filter((arg, at) => arg !== '--debug' || (end >= 0 && at > end));
}

/** The command tree. `settle` receives the exit code of the command that ran. */
export function createProgram(io: Io, settle: (code: ExitCode) => void): Command {
  const program = new Command('lauter')
    .description('Refines the traces of agents into training-safe data, and proves it.')
    .version(VERSION)
    .option('--debug', 'show stack traces')
    // An option belongs to the command that it follows: `lauter --version` is not that of `lauter release freeze`.
    .enablePositionalOptions()
    .showSuggestionAfterError(true)
    .showHelpAfterError('Add --help to see how the command is used.')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .exitOverride()
    // Whoever uses Lauter next learns of a pause that is past its time, whatever they came for.
    .hook('preAction', (_, command) => tellPause(io, command));
  addWorkspace(program, io, settle);
  addSources(program, io, settle);
  addDistill(program, io, settle);
  addReplay(program, io, settle);
  addTrace(program, io, settle);
  addRelease(program, io, settle);
  addSearch(program, io, settle);
  addEval(program, io, settle);
  addStats(program, io, settle);
  addGlossary(program, io, settle);
  addBench(program, io, settle);
  addProbe(program, io, settle);
  addSchedule(program, io, settle);
  addBudget(program, io, settle);
  addRuns(program, io, settle);
  addConfig(program, io, settle);
  addEngine(program, io, settle);
  for (const group of program.commands) if (ANSWER_IN_JSON.has(group.name())) refuseRepeats(group);
  return program;
}

/** The commands that are about the pause tell of it themselves. */
function tellPause(io: Io, command: Command): void {
  const isAboutIt = command.parent?.name() === 'bench' && (command.name() === 'status' || command.name() === 'recover');
  if (!isAboutIt) warnOfPause(io, command.opts<PlaceOptions>());
}
