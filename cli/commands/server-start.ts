import { openWorkspace } from '../../adapters/files/workspace.ts';
import { acquireServer } from '../../adapters/temporal/embedded-server.ts';
import { commandFor } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { refuseGivenServer } from '../given-server.ts';
import type { Io } from '../io.ts';
import { loadConfig, workspaceFolder, type PlaceOptions } from '../places.ts';
import { VERSION } from '../version.ts';
import { readServerStatus } from '../server-report.ts';

export interface ServerStartOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter server start`: the workspace's server, up until `lauter server stop`. Does nothing more when it is up already. */
export async function serverStart(io: Io, options: ServerStartOptions): Promise<ExitCode> {
  refuseGivenServer(io, 'starting');
  const workspaceDir = workspaceFolder(io, options);
  const { config } = loadConfig(io, workspaceDir, options);
  const workspace = openWorkspace(workspaceDir, VERSION);
  try {
    const onProgress = (message: string): void => io.err(message);
    const server = await acquireServer({ env: io.env, workspaceDir, configuredPort: config.engine.port, keep: true, onProgress });
    await server.release();
    io.out(
      options.json === true
        ? JSON.stringify(await readServerStatus(io, workspaceDir), null, 2)
        : `server at ${server.address}${server.uiAddress === null ? '' : `, pages at ${server.uiAddress}`}`,
    );
    io.err(`It stays up until \`${commandFor('server stop', options)}\`.`);
    return EXIT.accepted;
  } finally {
    workspace.close();
  }
}
