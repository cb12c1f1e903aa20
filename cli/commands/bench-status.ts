import { nowMs } from '../../adapters/clock.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import { formatAmount, formatDuration } from '../../reports/shared/format.ts';
import type { BenchStatus } from '../../schemas/bench-status.ts';
import { viewWork } from '../bench/work-view.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { viewPause } from '../pause/pause-view.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

export interface BenchStatusOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter bench status`: how the pause of production stands, what is measured and what was left; 1 when the pause is an alarm. */
export function benchStatus(io: Io, options: BenchStatusOptions): ExitCode {
  const status = statusOf(workspaceFolder(io, options), options);
  io.out(options.json === true ? JSON.stringify(status, null, 2) : tellStatus(status));
  return status.alarms.length > 0 ? EXIT.refused : EXIT.accepted;
}

function statusOf(workspace: string, options: PlaceOptions): BenchStatus {
  const pause = viewPause(workspace, options, nowMs());
  try {
    return { ...pause, ...viewWork(workspace, options, nowMs()) };
  } catch (error) {
    // A torn document of some run must not hide how production stands.
    if (!(error instanceof LauterError)) throw error;
    return { ...pause, work: [], slots: [], guests: [], warnings: [...pause.warnings, `${error.message} ${error.remedy}`] };
  }
}

function tellStatus(status: BenchStatus): string {
  const lines = [...tellLease(status), ...tellWork(status), ...status.warnings.map((text) => `! ${text}`)];
  const alarms = status.alarms.map(({ text }) => `✘ ALARM: ${text}`);
  return [...lines, ...alarms, ...(status.remedy === null ? [] : [`Run \`${status.remedy}\`.`])].map(plain).join('\n');
}

function tellWork({ work, slots, guests }: BenchStatus): string[] {
  return [
    ...slots.map(({ url, owner, token, renewed_at }) => `slot         ${url}, held by ${owner}, token ${token}, last seen ${renewed_at}`),
    ...guests.map(
      ({ url, owner, pid, host, since }) => `replay       ${url}, called by ${owner} since ${since}, process ${pid} on ${host}`,
    ),
    ...work.flatMap(({ id, state, models, runs, runs_done, calls, calls_done, why, resume }) => [
      `${state.padEnd(12)} ${id}: ${models.join(', ')}, ${runs_done} of ${formatAmount(runs, 'run')} done` +
        (calls === null ? '' : `, ${calls_done} of ${formatAmount(calls, 'call')} of the next`),
      ...(why === null ? [] : [`             stopped: ${why}`]),
      ...(resume === null ? [] : [`             \`${resume}\` goes on with it`]),
    ]),
    ...(work.length === 0 ? ['✔ no bench is under way or left unfinished'] : []),
  ];
}

function tellLease({ lease, guard, alarms }: BenchStatus): string[] {
  if (lease === null) return alarms.length > 0 ? [] : ['✔ no pause: production is not held by this workspace'];
  return [
    `production   ${lease.production_url}, ${lease.state}`,
    `owner        ${lease.owner}, process ${lease.pid} on ${lease.host}, lease ${lease.token}`,
    `age          ${formatDuration(lease.age_s * 1000)}`,
    `time left    ${tellLeft(lease.ttl_left_s)} unless renewed, ${tellLeft(lease.deadline_left_s)} to the deadline`,
    `guard        ${guard === null ? 'none' : `${guard.state}${guard.pid === null ? '' : `, process ${guard.pid}`}${guard.problem === null ? '' : `: ${guard.problem}`}`}`,
  ];
}

function tellLeft(seconds: number): string {
  return seconds < 0 ? `none (over for ${formatDuration(-seconds * 1000)})` : formatDuration(seconds * 1000);
}
