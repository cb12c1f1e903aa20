import type { ServerStatusReport } from '../../schemas/server-status.ts';
import { formatAmount, formatInstant } from '../../reports/shared/format.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { readServerStatus } from '../server-report.ts';

export interface ServerStatusOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter server status`: tells; whether it is good or bad, `lauter doctor` says. */
export async function serverStatusCommand(io: Io, options: ServerStatusOptions): Promise<ExitCode> {
  const status = await readServerStatus(io, existingWorkspace(io, options).root);
  io.out(options.json === true ? JSON.stringify(status, null, 2) : tellStatus(status));
  return EXIT.accepted;
}

function tellStatus({ state, from, address, ui_address, pid, server_version, started_at, keep, users }: ServerStatusReport): string {
  if (from === 'environment') return `${state}: ${address ?? ''}, which the environment names`;
  if (state === 'stopped') return 'stopped; commands that need it start it';
  const lines = [
    `${state}: ${address ?? ''}, server ${server_version ?? ''}, process ${pid ?? ''}, since ${formatInstant(started_at ?? '')}`,
    `used by ${formatAmount(users, 'command')}, ${keep ? 'stays up until `lauter server stop`' : 'stops with the last of them'}`,
    ...(ui_address === null ? [] : [`pages at ${ui_address}`]),
  ];
  return lines.join('\n');
}
