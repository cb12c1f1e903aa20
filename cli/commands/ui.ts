import { spawn } from 'node:child_process';
import { EngineError } from '../../domain/shared/errors.ts';
import { commandFor } from '../command-line.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { readServerStatus } from '../server-report.ts';

/** `lauter ui`: prints where Temporal's own pages are, and opens them when a person is there to see them. */
export async function ui(io: Io, options: PlaceOptions, open = openPage): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const { state, from, address, ui_address } = await readServerStatus(io, root);
  if (from === 'environment') {
    throw new EngineError(
      `looking for Temporal's pages, on ${address ?? ''}: expected the server of the workspace, found one that the environment names; only who runs it knows its pages.`,
      'Ask whoever runs it, or unset TEMPORAL_ADDRESS.',
    );
  }
  if (state === 'stopped' || ui_address === null) {
    throw new EngineError(
      `looking for Temporal's pages, on ${root}: expected a running server with pages, found ${state === 'stopped' ? 'that none runs' : 'one without pages'}.`,
      `Start it with \`${commandFor('server start', options)}\`.`,
    );
  }
  io.out(ui_address);
  if (io.isTerminal) open(ui_address);
  return EXIT.accepted;
}

/** Hands the address to the desktop. Where there is none, the printed address has to do. */
function openPage(address: string): void {
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(program!, [...args, address], { detached: true, stdio: 'ignore' });
  child.once('error', () => undefined);
  child.unref();
}

const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] };
