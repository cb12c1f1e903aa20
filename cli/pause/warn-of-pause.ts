import { nowMs } from '../../adapters/clock.ts';
import { pausePlaces } from '../../adapters/pause/pause-places.ts';
import { readMarker } from '../../adapters/pause/read-marker.ts';
import { findAlarms } from '../../domain/pause/index.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import { commandFor } from '../command-line.ts';
import { plain, type Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

/** Says so when the workspace of a command has a pause that is past its time. Reads one small file, and none where there is no workspace. */
export function warnOfPause(io: Io, options: PlaceOptions): void {
  const workspace = folderOf(io, options);
  if (workspace === null) return;
  const alarms = findAlarms(readMarker(pausePlaces(workspace).marker), nowMs());
  for (const { text } of alarms) io.err(`ALARM: ${plain(text)}`);
  if (alarms.length > 0) io.err(`Run \`${commandFor('bench recover', options)}\`.`);
}

function folderOf(io: Io, options: PlaceOptions): string | null {
  try {
    return workspaceFolder(io, options);
  } catch (error) {
    if (error instanceof LauterError) return null;
    throw error;
  }
}
