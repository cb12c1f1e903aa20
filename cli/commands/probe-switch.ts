import { editConfig, statedValue, type ConfigChange } from '../../adapters/files/edit-config.ts';
import { createRedactor, SECRET_FAMILIES } from '../../domain/redaction/index.ts';
import { configFile } from '../config-place.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, workspaceFolder, type PlaceOptions } from '../places.ts';
import { applySchedules } from '../schedule/apply-schedules.ts';
import { nextNight } from '../schedule/declare-schedules.ts';

/** `lauter probe nightly enable|disable`: edits the config, then makes the server follow it. */
export async function probeSwitch(io: Io, isOn: boolean, options: PlaceOptions): Promise<ExitCode> {
  const file = configFile(io, options);
  const workspaceDir = workspaceFolder(io, options);
  const { nightly } = loadConfig(io, workspaceDir, options).config.probe;
  // Told before anything is written: an hour that cannot be read turns nothing on.
  const due = isOn ? nextNight(nightly, Date.now()) : null;
  editConfig(file, switchedOn(file, isOn), createRedactor(SECRET_FAMILIES));
  io.err(`probe.nightly.enabled is ${isOn} in ${file}`);
  const { config } = loadConfig(io, workspaceDir, options);
  const { changes, problem } = await applySchedules(io, { workspaceDir, config, options });
  for (const { name, change } of changes) io.err(`schedule ${plain(name)} ${change}`);
  if (problem !== null) io.err(problem);
  io.out(isOn ? `on; next due ${due ?? 'never'}` : 'off');
  return EXIT.accepted;
}

const OWN_KEY = ['probe', 'nightly', 'enabled'] as const;
/** As gbrain names it. */
const ALIAS = ['autopilot', 'nightly_quality_probe', 'enabled'] as const;

/** Where both keys stood, they would have to agree: what is switched here stands under our own alone. */
function switchedOn(file: string, isOn: boolean): ConfigChange[] {
  return [{ path: OWN_KEY, value: isOn }, ...(statedValue(file, ALIAS) === undefined ? [] : [{ path: ALIAS, value: undefined }])];
}
