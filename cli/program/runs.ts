import type { Command } from 'commander';
import { runsCancel } from '../commands/runs-cancel.ts';
import { runsList, type RunsListOptions } from '../commands/runs-list.ts';
import { runsPause } from '../commands/runs-pause.ts';
import { runsResume } from '../commands/runs-resume.ts';
import { runsShow, type RunsShowOptions } from '../commands/runs-show.ts';
import { runsWatch, type RunsWatchOptions } from '../commands/runs-watch.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { placed } from './placed.ts';

const RUN_KEYS = 'run_id state detail workflow_id started_at ended_at sources stage position paused_by worked_on';

/** `lauter runs …`: what goes on and what has been, in the product's words. */
export function addRuns(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const runs = program.command('runs').description('list, watch and steer runs');
  placed(runs.command('list').description('every run that the workspace or the engine knows of; starts no server'))
    .option('--json', 'print the list (runs-list/1) as one JSON document')
    .addHelpText('after', help('lauter runs list --json', `Keys of --json: workspace engine{state,address} runs[{${RUN_KEYS}}]`))
    .action(async (options: RunsListOptions) => settle(await runsList(io, options)));
  placed(runs.command('show <id>').description('one run in full: stages with their receipts, sources, verdict, paths, how to go on'))
    .option('--json', 'print it (run-show/1) as one JSON document')
    .addHelpText('after', help('lauter runs show 20260302T0815', `The id may be any beginning that no other run shares.\nKeys of --json: run{${RUN_KEYS}} verdict reasons stages inputs paths next`))
    .action(async (id: string, options: RunsShowOptions) => settle(await runsShow(io, id, options)));
  placed(runs.command('watch <id>').description('look on until the run ends, and end as it does: 0 accepted, 1 refused, 2 failed, 130 cancelled or interrupted'))
    .option('--json', 'print one document (run-progress/1) for every change, a line each')
    .addHelpText('after', help('lauter runs watch 20260302T0815 --json', `An interrupt only detaches.\nKeys of a line of --json: at run{${RUN_KEYS}}`))
    .action(async (id: string, options: RunsWatchOptions) => settle(await runsWatch(io, id, options)));
  placed(runs.command('pause <id>').description('let the run do no further step until it is resumed'))
    .addHelpText('after', help('lauter runs pause 20260302T0815'))
    .action(async (id: string, options: PlaceOptions) => settle(await runsPause(io, id, options)));
  placed(runs.command('resume <id>').description('end a pause; names who will work on the run when nobody does'))
    .addHelpText('after', help('lauter runs resume 20260302T0815'))
    .action(async (id: string, options: PlaceOptions) => settle(await runsResume(io, id, options)));
  placed(runs.command('cancel <id>').description('give the run up, and return when it is closed; finished shards are kept'))
    .addHelpText('after', help('lauter runs cancel 20260302T0815'))
    .action(async (id: string, options: PlaceOptions) => settle(await runsCancel(io, id, options)));
}

function help(example: string, more = ''): string {
  return `\nExample:\n  ${example}${more === '' ? '' : `\n\n${more}`}`;
}
