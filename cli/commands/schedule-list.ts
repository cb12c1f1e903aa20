import type { ScheduleList } from '../../schemas/schedule-list.ts';
import { commandFor } from '../command-line.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { withEngineView } from '../runs/engine-view.ts';
import { declareSchedules } from '../schedule/declare-schedules.ts';
import { joinSchedules } from '../schedule/list-schedules.ts';
import { textTable } from '../text-table.ts';

export interface ScheduleListOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter schedule list`: what begins by itself, as config and server have it; starts no server. */
export async function scheduleList(io: Io, options: ScheduleListOptions, look = withEngineView): Promise<ExitCode> {
  const workspace = existingWorkspace(io, options);
  const declared = declareSchedules(loadConfig(io, workspace.root, options).config);
  return look(io, workspace, async (engine) => {
    const list: ScheduleList = {
      schema_version: 1,
      engine: { state: engine.state, address: engine.address },
      schedules: await joinSchedules(declared, engine, Date.now()),
      workers: [...(await engine.workers())],
    };
    io.out(options.json === true ? JSON.stringify(list, null, 2) : tell(list, options));
    return EXIT.accepted;
  });
}

function tell({ schedules, workers, engine }: ScheduleList, options: PlaceOptions): string {
  if (schedules.length === 0) return `no schedules; to watch every night: \`${commandFor('probe nightly enable', options)}\``;
  const rows = schedules.map(({ name, state, cron, time_zone, next_at, last_at, note }) => [
    plain(name),
    note === null ? state : `${state} (${plain(note)})`,
    plain(`${cron ?? '?'} ${time_zone ?? ''}`.trim()),
    next_at ?? 'never',
    last_at ?? 'not yet',
  ]);
  const isApplied = schedules.every(({ state }) => state === 'active' || state === 'paused' || state === 'unknown');
  return [
    textTable(['schedule', 'state', 'begins', 'next', 'last'], rows),
    ...(isApplied ? [] : [`config and server differ: \`${commandFor('schedule apply', options)}\``]),
    ...(engine.state === 'answering' && workers.length > 0
      ? []
      : [`nothing is up to run them: \`${commandFor('worker --with-server', options)}\``]),
  ].join('\n');
}
