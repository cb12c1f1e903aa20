import type { Client } from '@temporalio/client';
import { openWorkspace, type OpenWorkspace } from '../adapters/files/workspace.ts';
import {
  connectionOptionsForAddress,
  connectionOptionsFromEnvironment,
  type EngineConnection,
} from '../adapters/temporal/connection-options.ts';
import { connectClient, connectWorker } from '../adapters/temporal/connection.ts';
import { quietRuntime, startWorker, type RunningWorker } from '../worker/index.ts';
import type { ExitCode } from './exit-codes.ts';
import type { InterruptSignal, Io } from './io.ts';
import { keepServer, type KeepOptions } from './keep-server.ts';
import { VERSION } from './version.ts';
import { endAtOnce } from './end-at-once.ts';

/** A workspace with an engine that can be spoken to. */
export interface EngineSession {
  readonly client: Client;
  readonly workspace: OpenWorkspace;
  readonly address: string;
  /** Rejects when the server is gone for good; never resolves. */
  readonly lost: Promise<never>;
  /** Starts a worker in this process; it stops with the session. It takes the one place at the inference servers of `slotQueues`, too. */
  work(slotQueues?: readonly string[]): Promise<RunningWorker>;
}

export interface SessionOptions extends KeepOptions {
  /** File that the config is from; that of the workspace unless stated. */
  readonly configPath?: string;
  /** What an interrupt means while nothing else listens; 130 unless stated. */
  readonly exitCodeOf?: (signal: InterruptSignal) => ExitCode;
}

/**
 * Opens workspace and engine, does the work, and closes both again in whatever way it ends. An interrupt that `use` does not listen to ends
 * the process at once.
 */
export async function withEngine<Result>(
  io: Io,
  options: SessionOptions,
  use: (session: EngineSession) => Promise<Result>,
): Promise<Result> {
  const workspace = openWorkspace(options.workspaceDir, VERSION);
  const endsAtOnce = io.onInterrupt((signal) => endAtOnce(options.exitCodeOf?.(signal)));
  try {
    const given = connectionOptionsFromEnvironment(io.env);
    if (given !== null) return await connected(io, options, { workspace, connection: given, lost: new Promise(() => undefined) }, use);
    const keeper = await keepServer(io, options);
    try {
      return await connected(io, options, { workspace, connection: connectionOptionsForAddress(keeper.address), lost: keeper.lost }, use);
    } finally {
      await keeper.release();
    }
  } finally {
    endsAtOnce();
    workspace.close();
  }
}

interface Found {
  readonly workspace: OpenWorkspace;
  readonly connection: EngineConnection;
  readonly lost: Promise<never>;
}

async function connected<Result>(
  io: Io,
  { config, configPath }: SessionOptions,
  { workspace, connection, lost }: Found,
  use: (session: EngineSession) => Promise<Result>,
): Promise<Result> {
  const patience = {
    giveUpAfterMs: config.engine.give_up_after_s * 1000,
    onWaiting: () => io.err(`waiting for the Temporal server at ${connection.client.address ?? 'the given address'} …`),
  };
  const { client, connection: channel } = await connectClient(connection, patience);
  const closings: (() => Promise<void>)[] = [];
  try {
    return await use({
      client,
      workspace,
      address: String(connection.client.address ?? ''),
      lost,
      work: async (slotQueues = []) => {
        // Not before it is needed: a runtime without a worker would keep the process from ending.
        quietRuntime();
        const native = await connectWorker(connection, patience);
        // Before there is a worker: a connection that nobody closes would keep the process from ending.
        closings.push(() => native.close());
        const worker = await startWorker({
          connection: native,
          namespace: connection.namespace,
          workspace: workspace.root,
          workspaceId: workspace.id,
          env: io.env,
          configPath,
          threads: config.engine.threads,
          slotQueues,
        });
        closings.push(() => worker.stop());
        return worker;
      },
    });
  } finally {
    for (const close of closings.reverse()) await close();
    await channel.close();
  }
}
