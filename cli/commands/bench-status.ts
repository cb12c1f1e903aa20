import { nowMs } from '../../adapters/clock.ts';
import { formatDuration } from '../../reports/shared/format.ts';
import type { BenchStatus } from '../../schemas/bench-status.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { viewPause } from '../pause/pause-view.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

export interface BenchStatusOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter bench status`: how the pause of production stands; 1 when that is an alarm. */
export function benchStatus(io: Io, options: BenchStatusOptions): ExitCode {
  const status = viewPause(workspaceFolder(io, options), options, nowMs());
  io.out(options.json === true ? JSON.stringify(status, null, 2) : tellStatus(status));
  return status.alarms.length > 0 ? EXIT.refused : EXIT.accepted;
}

function tellStatus(status: BenchStatus): string {
  const lines = [...tellLease(status), ...status.warnings.map((text) => `! ${text}`)];
  const alarms = status.alarms.map(({ text }) => `✘ ALARM: ${text}`);
  return [...lines, ...alarms, ...(status.remedy === null ? [] : [`Run \`${status.remedy}\`.`])].map(plain).join('\n');
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
