import { serverStatus, stopServer } from '../../adapters/temporal/embedded-server.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { refuseGivenServer } from '../given-server.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

/** `lauter server stop`: refuses while commands use the server, for they would start it again. Does nothing when none is up. */
export async function serverStop(io: Io, options: PlaceOptions): Promise<ExitCode> {
  refuseGivenServer(io, 'stopping');
  const { root } = existingWorkspace(io, options);
  const { state, last, users } = await serverStatus(root);
  // One that does not answer is of no use to anybody.
  if (state === 'answering' && users > 0) {
    throw new UsageError(
      `stopping the server of ${root}, on ${last?.address ?? ''}: expected no command to use it, found ${users}.`,
      `Interrupt ${users === 1 ? 'it' : `the ${formatAmount(users, 'command')}`} first; the last one to leave stops the server unless it is kept.`,
    );
  }
  io.err((await stopServer(root)) ? `stopped the server at ${last?.address ?? ''}.` : 'no server runs for this workspace.');
  return EXIT.accepted;
}
