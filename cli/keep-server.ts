import { tryRepeatedly } from '../adapters/temporal/backoff.ts';
import { abandonServer, acquireServer, joinRunningServer, serverStatus, type AcquiredServer } from '../adapters/temporal/embedded-server.ts';
import { EngineError } from '../domain/shared/errors.ts';
import type { Config } from '../schemas/config.ts';
import type { Io } from './io.ts';

export interface KeepOptions {
  readonly workspaceDir: string;
  readonly config: Config;
  /** Leaves the embedded server running afterwards. */
  readonly keepServer?: boolean;
  /** Uses a server that somebody else starts, and waits for it; starts none. */
  readonly joinOnly?: boolean;
}

export interface KeptServer extends AcquiredServer {
  /** Rejects when the server is gone and none came back at its address; never resolves. */
  readonly lost: Promise<never>;
}

const WATCH_MS = 1_000;

/**
 * The workspace's embedded server, there again on the same files and port whenever it is found dead: started by us, or awaited from others. It
 * does not outlive this process, however that ends, unless others use it or it is to be kept.
 */
export async function keepServer(io: Io, options: KeepOptions): Promise<KeptServer> {
  const { workspaceDir } = options;
  const atExit = (): void => abandonServer(workspaceDir);
  process.once('exit', atExit);
  const held: AcquiredServer[] = [await obtainServer(io, options)];
  const { address, uiAddress } = held[0]!;
  let lose: (error: unknown) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => (lose = reject));
  // Whoever does not look at it learns of the loss from a call that fails.
  lost.catch(() => undefined);
  const restore = async (): Promise<void> => {
    if ((await serverStatus(workspaceDir)).state !== 'stopped') return;
    io.err(options.joinOnly === true ? 'the Temporal server is gone' : 'the Temporal server is gone; starting it again on the same files …');
    const server = await obtainServer(io, options);
    held.push(server);
    if (server.address !== address) throw moved(address, server.address);
  };
  const failed = (error: unknown): void => {
    if (options.joinOnly === true || error instanceof MovedServer) lose(error);
    else io.err(`starting the Temporal server again failed: ${error instanceof Error ? error.message : String(error)}`);
  };
  const watch = repeat(restore, failed);
  return {
    address,
    uiAddress,
    lost,
    release: async () => {
      await watch.stop();
      for (const server of held.reverse()) await server.release();
      process.off('exit', atExit);
    },
  };
}

function obtainServer(io: Io, { workspaceDir, config, keepServer: keep, joinOnly }: KeepOptions): Promise<AcquiredServer> {
  const options = { env: io.env, workspaceDir, configuredPort: config.engine.port, keep, onProgress: (message: string) => io.err(message) };
  return joinOnly === true ? awaitServer(io, config, () => joinRunningServer(options), workspaceDir) : acquireServer(options);
}
