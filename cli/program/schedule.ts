import type { Command } from 'commander';
import type { ScheduleApplyOptions } from '../commands/schedule-apply.ts';
import type { ScheduleChangeOptions } from '../commands/schedule-change.ts';
import type { ScheduleListOptions } from '../commands/schedule-list.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** `lauter schedule …`: what begins by itself. Schedules are declared in the config, and the server is made to follow it. */
export function addSchedule(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const schedule = program.command('schedule').description('what begins by itself: list, apply, pause, trigger, remove');
  explained(
    placed(schedule.command('list').description('schedules as config and server have them; starts no server')).option(
      '--json',
      'print the list as one JSON document',
    ),
    'lauter schedule list --json',
    'schema_version engine{state address} schedules[{name state workflow cron time_zone jitter_s catch_up_s overlap next_at last_at running missed skipped note}] workers[]',
  ).action(async (options: ScheduleListOptions) => settle(await (await import('../commands/schedule-list.ts')).scheduleList(io, options)));
  explained(
    placed(
      schedule
        .command('apply')
        .description(
          'make the server have the schedules of the config and no others, and end their pauses: 1 when nothing is up to run them',
        ),
    ).option('--json', 'print what was changed as one JSON document'),
    'lauter schedule apply',
    'schema_version changes[{name change}] problem',
  ).action(async (options: ScheduleApplyOptions) =>
    settle(await (await import('../commands/schedule-apply.ts')).scheduleApply(io, options)),
  );
  const change = (kind: 'pause' | 'trigger' | 'remove', description: string): Command =>
    explained(placed(schedule.command(`${kind} <name>`).description(description)), `lauter schedule ${kind} nightly`).action(
      async (name: string, options: ScheduleChangeOptions) =>
        settle(await (await import('../commands/schedule-change.ts')).scheduleChange(io, kind, name, options)),
    );
  change('pause', 'begin no run until `lauter schedule apply`').option('--note <text>', 'why; `list` shows it');
  change('trigger', 'begin a run now, as if it were due; a worker does it');
  change('remove', 'take it off the server; what goes on goes on');
}
