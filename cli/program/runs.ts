import type { Command } from 'commander';
import type { RunsListOptions } from '../commands/runs-list.ts';
import type { RunsShowOptions } from '../commands/runs-show.ts';
import type { RunsWatchOptions } from '../commands/runs-watch.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

const RUN_KEYS =
  'run_id state detail workflow_id started_at ended_at sources stage position{stage done total rows in_flight} paused_by worked_on';

/** `lauter runs …`: what goes on and what has been, in the product's words. An id may be any beginning that no other run shares. */
export function addRuns(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const runs = program.command('runs').description('list, watch and steer runs');
  explained(
    placed(runs.command('list').description('every run that the workspace or the engine knows of; starts no server')).option(
      '--json',
      'print the list (runs-list/1) as one JSON document',
    ),
    'lauter runs list --json',
    `workspace engine{state address} runs[{${RUN_KEYS}}]`,
  ).action(async (options: RunsListOptions) => settle(await (await import('../commands/runs-list.ts')).runsList(io, options)));
  explained(
    placed(
      runs.command('show <id>').description('one run in full: stages with their receipts, sources, verdict, paths, how to go on'),
    ).option('--json', 'print it (run-show/1) as one JSON document'),
    'lauter runs show 20260302T0815',
    `run{${RUN_KEYS}} verdict reasons stages inputs paths next`,
  ).action(async (id: string, options: RunsShowOptions) =>
    settle(await (await import('../commands/runs-show.ts')).runsShow(io, id, options)),
  );
  explained(
    placed(runs.command('watch <id>').description('look on until the run ends, and end as it does; an interrupt only detaches')).option(
      '--json',
      'print a line (run-progress/1) for every change',
    ),
    'lauter runs watch 20260302T0815 --json',
    `at run{${RUN_KEYS}}\n\nExit codes: 0 accepted, 1 refused, 2 failed, 130 cancelled, interrupted or detached`,
  ).action(async (id: string, options: RunsWatchOptions) =>
    settle(await (await import('../commands/runs-watch.ts')).runsWatch(io, id, options)),
  );
  addSteering(runs, io, settle);
}

function addSteering(runs: Command, io: Io, settle: (code: ExitCode) => void): void {
  explained(
    placed(runs.command('pause <id>').description('let the run do no further step until it is resumed')),
    'lauter runs pause 20260302T0815',
  ).action(async (id: string, options: PlaceOptions) =>
    settle(await (await import('../commands/runs-pause.ts')).runsPause(io, id, options)),
  );
  explained(
    placed(runs.command('resume <id>').description('end a pause; tells who can work on the run when nobody does')),
    'lauter runs resume 20260302T0815',
  ).action(async (id: string, options: PlaceOptions) =>
    settle(await (await import('../commands/runs-resume.ts')).runsResume(io, id, options)),
  );
  explained(
    placed(runs.command('cancel <id>').description('give the run up, and return when it is closed; finished shards are kept')),
    'lauter runs cancel 20260302T0815',
  ).action(async (id: string, options: PlaceOptions) =>
    settle(await (await import('../commands/runs-cancel.ts')).runsCancel(io, id, options)),
  );
}
