import { reconcileSchedules, type ScheduleChange } from '../../adapters/temporal/schedules.ts';
import { workersOf } from '../../adapters/temporal/queue-workers.ts';
import type { Config } from '../../schemas/config.ts';
import { commandFor } from '../command-line.ts';
import { withEngine, type EngineSession } from '../engine-session.ts';
import { givenServer } from '../given-server.ts';
import { plain, type Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { declareSchedules } from './declare-schedules.ts';
import { schedulePlace } from './schedule-place.ts';

/** What came of reconciling. */
export interface AppliedSchedules {
  readonly changes: readonly ScheduleChange[];
  /** Why nothing that was declared will run; null where somebody is up to run it, or nothing was declared. */
  readonly problem: string | null;
}

/** Makes the server have the schedules of the config and no others, ends their pauses, and looks whether somebody will be up to run them. */
export async function applySchedules(
  io: Io,
  { workspaceDir, config, options }: { readonly workspaceDir: string; readonly config: Config; readonly options: PlaceOptions },
  open = withEngine,
): Promise<AppliedSchedules> {
  const declared = declareSchedules(config);
  return open(io, { workspaceDir, config }, async (session) => {
    const place = schedulePlace(session);
    const changes = await reconcileSchedules(place, declared, { resume: true });
    const isManned = declared.length === 0 || (await workersOf(session.client, place.taskQueue)).length > 0;
    return { changes, problem: isManned ? null : tellNobody(io, options) };
  });
}

/** For `lauter worker`: schedules follow the config when it starts, and what cannot be done about that does not keep it from working. */
export async function followConfig(io: Io, session: EngineSession, config: Config): Promise<void> {
  try {
    const changes = await reconcileSchedules(schedulePlace(session), declareSchedules(config));
    for (const { name, change } of changes) if (change !== 'unchanged') io.err(`schedule ${plain(name)} ${change}, as the config says`);
  } catch (error) {
    io.err(`the schedules of the config could not be applied: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function tellNobody(io: Io, options: PlaceOptions): string {
  const worker = commandFor(givenServer(io) === null ? 'worker --with-server' : 'worker', options);
  return [
    'NOTHING IS UP TO RUN IT: the schedule is kept, and no worker is there to begin a run when it is due.',
    `Keep one up with \`${worker}\`, best as a service of the system: docs/probes.md has the unit.`,
    `Or let cron begin each night: \`${commandFor('probe nightly run', options)}\`.`,
  ].join('\n');
}
