import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, workspaceFolder, type PlaceOptions } from '../places.ts';
import { applySchedules } from '../schedule/apply-schedules.ts';

export interface ScheduleApplyOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter schedule apply`: makes the server have what the config says. Refused, though done, where nothing is up to run it. */
export async function scheduleApply(io: Io, options: ScheduleApplyOptions): Promise<ExitCode> {
  const workspaceDir = workspaceFolder(io, options);
  const { config } = loadConfig(io, workspaceDir, options);
  const { changes, problem } = await applySchedules(io, { workspaceDir, config, options });
  if (options.json === true) io.out(JSON.stringify({ schema_version: 1, changes, problem }, null, 2));
  else
    io.out(changes.length === 0 ? 'no schedules in the config' : changes.map(({ name, change }) => `${plain(name)} ${change}`).join('\n'));
  if (problem === null) return EXIT.accepted;
  io.err(problem);
  return EXIT.refused;
}
