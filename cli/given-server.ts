import { connectionOptionsFromEnvironment } from '../adapters/temporal/connection-options.ts';
import { UsageError } from '../domain/shared/errors.ts';
import type { Io } from './io.ts';

/** Address of the server that the environment names, or null: then the workspace has one of its own. */
export function givenServer(io: Pick<Io, 'env'>): string | null {
  return connectionOptionsFromEnvironment(io.env)?.client.address ?? null;
}

/** UsageError when the environment names a server: Lauter neither starts nor stops that one. */
export function refuseGivenServer(io: Pick<Io, 'env'>, doing: string): void {
  const address = givenServer(io);
  if (address === null) return;
  throw new UsageError(
    `${doing} the server of the workspace: expected no server in the environment, found ${address}, which commands use instead.`,
    'Unset TEMPORAL_ADDRESS (or the profile that names it) to use a server of the workspace.',
  );
}
