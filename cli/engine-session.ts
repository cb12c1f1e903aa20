import type { Client } from '@temporalio/client';
import { openWorkspace, type OpenWorkspace } from '../adapters/files/workspace.ts';
import {
  connectionOptionsForAddress,
  connectionOptionsFromEnvironment,
  type EngineConnection,
} from '../adapters/temporal/connection-options.ts';
import { connectClient, connectWorker } from '../adapters/temporal/connection.ts';
import { acquireServer, serverStatus, type AcquiredServer } from '../adapters/temporal/embedded-server.ts';
import type { Config } from '../schemas/config.ts';
import { quietRuntime, startWorker, type RunningWorker } from '../worker/index.ts';
import type { Io } from './io.ts';
import { VERSION } from './version.ts';

/** A workspace with an engine that can be spoken to. */
export interface EngineSession {
  readonly client: Client;
  readonly workspace: OpenWorkspace;
  readonly address: string;
  /** Starts a worker in this process; it stops with the session. */
  work(): Promise<RunningWorker>;
}

export interface SessionOptions {
  readonly workspaceDir: string;
  readonly config: Config;
  /** Leaves the embedded server running afterwards. */
  readonly keepServer?: boolean;
}

/** Opens workspace and engine, does the work, and closes both again in whatever way it ends. */
export async function withEngine<Result>(
  io: Io,
  options: SessionOptions,
  use: (session: EngineSession) => Promise<Result>,
): Promise<Result> {
  const workspace = openWorkspace(options.workspaceDir, VERSION);
  quietRuntime();
  try {
    const given = connectionOptionsFromEnvironment(io.env);
    if (given !== null) return await connected(io, options, workspace, given, use);
    const keeper = await keepServer(io, options);
    try {
      return await connected(io, options, workspace, connectionOptionsForAddress(keeper.address), use);
    } finally {
      await keeper.release();
    }
  } finally {
    workspace.close();
  }
}

async function connected<Result>(
  io: Io,
  { config }: SessionOptions,
  workspace: OpenWorkspace,
  connection: EngineConnection,
  use: (session: EngineSession) => Promise<Result>,
): Promise<Result> {
  const patience = {
    giveUpAfterMs: config.engine.give_up_after_s * 1000,
    onWaiting: () => io.err(`waiting for the Temporal server at ${connection.client.address ?? 'the given address'} …`),
  };
  const { client, connection: channel } = await connectClient(connection, patience);
  const workers: (() => Promise<void>)[] = [];
  try {
    return await use({
      client,
      workspace,
      address: String(connection.client.address ?? ''),
      work: async () => {
        const native = await connectWorker(connection, patience);
        const worker = await startWorker({
          connection: native,
          namespace: connection.namespace,
          workspace: workspace.root,
          workspaceId: workspace.id,
          threads: config.engine.threads,
        });
        workers.push(async () => {
          await worker.stop();
          await native.close();
        });
        return worker;
      },
    });
  } finally {
    for (const stop of workers) await stop();
    await channel.close();
  }
}

const WATCH_MS = 1_000;

/** The embedded server, started again on the same files and port whenever it is found dead. */
async function keepServer(io: Io, { workspaceDir, config, keepServer: keep }: SessionOptions): Promise<AcquiredServer> {
  const start = (): Promise<AcquiredServer> =>
    acquireServer({ env: io.env, workspaceDir, configuredPort: config.engine.port, keep, onProgress: (message) => io.err(message) });
  const held = [await start()];
  let checking: Promise<void> = Promise.resolve();
  let isChecking = false;
  const watch = setInterval(() => {
    if (isChecking) return;
    isChecking = true;
    checking = (async () => {
      if ((await serverStatus(workspaceDir)).state !== 'stopped') return;
      io.err('the Temporal server is gone; starting it again on the same files …');
      held.push(await start());
    })()
      .catch((error: unknown) =>
        io.err(`starting the Temporal server again failed: ${error instanceof Error ? error.message : String(error)}`),
      )
      .finally(() => (isChecking = false));
  }, WATCH_MS);
  return {
    address: held[0]!.address,
    uiAddress: held[0]!.uiAddress,
    release: async () => {
      clearInterval(watch);
      await checking;
      for (const server of held.reverse()) await server.release();
    },
  };
}
