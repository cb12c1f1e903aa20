import { pauseSchedule, removeSchedule, triggerSchedule, type SchedulePlace } from '../../adapters/temporal/schedules.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { commandFor } from '../command-line.ts';
import { withEngine } from '../engine-session.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { declareSchedules } from '../schedule/declare-schedules.ts';
import { schedulePlace } from '../schedule/schedule-place.ts';

export interface ScheduleChangeOptions extends PlaceOptions {
  readonly note?: string;
}

interface Change {
  readonly deed: string;
  readonly done: string;
  make(place: SchedulePlace, name: string, options: ScheduleChangeOptions): Promise<boolean>;
}

const CHANGES = {
  pause: {
    deed: 'pausing',
    done: 'is paused until `lauter schedule apply`',
    make: (place, name, { note }) => pauseSchedule(place, name, note ?? 'paused by hand'),
  },
  trigger: { deed: 'triggering', done: 'begins now', make: (place, name) => triggerSchedule(place, name) },
  remove: { deed: 'removing', done: 'is removed', make: (place, name) => removeSchedule(place, name) },
} as const satisfies Record<string, Change>;

/** `lauter schedule pause|trigger|remove NAME`. UsageError for a name that the server has no schedule of. */
export async function scheduleChange(
  io: Io,
  kind: keyof typeof CHANGES,
  name: string,
  options: ScheduleChangeOptions,
  open = withEngine,
): Promise<ExitCode> {
  const workspace = existingWorkspace(io, options);
  const { config } = loadConfig(io, workspace.root, options);
  const { deed, done, make }: Change = CHANGES[kind];
  return open(io, { workspaceDir: workspace.root, config }, async (session) => {
    if (!(await make(schedulePlace(session), name, options))) {
      const remedy = `\`${commandFor('schedule list', options)}\` shows which there are; \`${commandFor('schedule apply', options)}\` makes those of the config.`;
      throw new UsageError(`${deed} the schedule ${plain(name)}: expected one of that name, found none.`, remedy);
    }
    io.err(`schedule ${plain(name)} ${done}`);
    const isDeclared = declareSchedules(config).some((declared) => declared.name === name);
    if (kind === 'remove' && isDeclared)
      io.err(`the config still has it, so that it comes back with a worker: \`${commandFor('probe nightly disable', options)}\``);
    return EXIT.accepted;
  });
}
