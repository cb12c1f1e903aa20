import { tryRepeatedly } from '../adapters/temporal/backoff.ts';
import {
  abandonServer,
  acquireServer,
  joinRunningServer,
  serverStatus,
  type AcquiredServer,
} from '../adapters/temporal/embedded-server.ts';
import { EngineError } from '../domain/shared/errors.ts';
import type { Config } from '../schemas/config.ts';
import type { Io } from './io.ts';

export interface KeepOptions {
  readonly workspaceDir: string;
  readonly config: Config;
  /** Leaves the embedded server running afterwards. */
  readonly keepServer?: boolean;
  /** Waits for a server that others start, instead of starting one. */
  readonly joinOnly?: boolean;
}

export interface KeptServer extends AcquiredServer {
  /** Rejects when the server is gone for good: none came back in time, or only at another address. Never resolves. */
  readonly lost: Promise<never>;
}

const WATCH_MS = 1_000;

/**
 * The workspace's embedded server, there again on the same files and port whenever it is found dead. It does not outlive this process, however
 * that ends, unless others use it or it is to be kept.
 */
export async function keepServer(io: Io, options: KeepOptions): Promise<KeptServer> {
  const { workspaceDir, joinOnly } = options;
  const atExit = (): void => abandonServer(workspaceDir);
  process.once('exit', atExit);
  let isStopped = false;
  const obtain = (): Promise<AcquiredServer> => obtainServer(io, options, () => !isStopped);
  const held = [await obtain()];
  const { address, uiAddress } = held[0]!;
  let lose!: (error: EngineError) => void;
  const lost = new Promise<never>((_, reject) => (lose = reject));
  // Whoever does not look at it learns of the loss by a call that fails.
  lost.catch(() => undefined);
  const watch = repeat(WATCH_MS, async () => {
    if ((await serverStatus(workspaceDir)).state !== 'stopped') return;
    io.err(`the Temporal server is gone; ${joinOnly === true ? 'waiting for it' : 'starting it again on the same files'} …`);
    try {
      const server = await obtain();
      held.push(server);
      if (server.address !== address) lose(movedServer(address, server.address));
    } catch (error) {
      if (joinOnly === true && error instanceof EngineError) lose(error);
      else io.err(`starting the Temporal server again failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  return {
    address,
    uiAddress,
    lost,
    release: async () => {
      isStopped = true;
      await watch.stop();
      for (const server of held.reverse()) await server.release();
      process.off('exit', atExit);
    },
  };
}

async function obtainServer(
  io: Io,
  { workspaceDir, config, keepServer: keep, joinOnly }: KeepOptions,
  isWanted: () => boolean,
): Promise<AcquiredServer> {
  const options = { env: io.env, workspaceDir, configuredPort: config.engine.port, keep, onProgress: (message: string) => io.err(message) };
  if (joinOnly !== true) return acquireServer(options);
  const mayCome = (error: unknown): boolean => error instanceof NoServerYet && isWanted();
  const join = async (): Promise<AcquiredServer> => {
    const server = await joinRunningServer(options);
    if (server === null) throw new NoServerYet(workspaceDir, config.engine.give_up_after_s);
    return server;
  };
  let isAnnounced = false;
  return tryRepeatedly(join, mayCome, {
    giveUpAfterMs: config.engine.give_up_after_s * 1000,
    longestWaitMs: 1_000,
    onWaiting: () => {
      if (!isAnnounced) io.err(`waiting for the Temporal server of ${workspaceDir} …`);
      isAnnounced = true;
    },
  });
}

class NoServerYet extends EngineError {
  constructor(workspaceDir: string, waitedS: number) {
    super(
      `waiting for the Temporal server, on ${workspaceDir}: expected one within ${waitedS} s, found none.`,
      'Start one with `lauter server start`, let the worker bring its own with `lauter worker --with-server`, or set TEMPORAL_ADDRESS.',
    );
  }
}

function movedServer(expected: string, found: string): EngineError {
  return new EngineError(
    `keeping the connection to the Temporal server, on ${expected}: expected it back at that address, found it at ${found}.`,
    'Run the same command again, and it goes on.',
  );
}

/** Does the work again and again with a pause in between; stopping waits for the work in progress. */
function repeat(everyMs: number, work: () => Promise<void>): { stop(): Promise<void> } {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  const schedule = (): void => {
    timer = setTimeout(() => {
      running = work().finally(() => {
        if (!isStopped) schedule();
      });
    }, everyMs);
  };
  schedule();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
