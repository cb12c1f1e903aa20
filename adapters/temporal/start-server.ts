import { EngineError } from '../../domain/shared/errors.ts';
import type { ServerState } from '../../schemas/server-state.ts';
import { now } from '../clock.ts';
import { tryLock } from '../lock-file.ts';
import { isAlive } from '../process-identity.ts';
import { choosePort, isPortFree } from './free-port.ts';
import { findServerBinary } from './server-binary.ts';
import type { ServerBinary } from './server-binary.ts';
import { answersForNamespace, extendRetention } from './server-health.ts';
import { essenceOf, logEnd, readLogSince } from './server-log.ts';
import type { ServerPlaces } from './server-places.ts';
import { spawnServer, stopProcess } from './server-process.ts';
import type { WaitingServer } from './server-process.ts';
import { readServerState, serverProcess, writeServerState } from './server-state.ts';

/** How a workspace wants its embedded server. */
export interface StartOptions {
  readonly env: NodeJS.ProcessEnv;
  /** The port to listen on; a busy one is reported, never replaced. Without it, a free one is chosen and kept for the next start. */
  readonly configuredPort?: number | undefined;
  /** Leaves Temporal's own pages out. */
  readonly headless?: boolean | undefined;
  readonly keep?: boolean | undefined;
  readonly startLimitMs?: number | undefined;
}

interface Ports {
  readonly port: number;
  readonly uiPort: number | null;
}

/** Starts the server of a workspace that has none running, and returns when its namespace answers. Call it behind the door lock. */
export async function startServer(places: ServerPlaces, options: StartOptions): Promise<ServerState> {
  const binary = await findServerBinary(options.env);
  const previous = readServerState(places);
  for (let attempt = 1; ; attempt += 1) {
    const ports = await choosePorts(options, previous);
    const logStart = logEnd(places.log);
    const state = launch(places, binary, ports, options);
    const problem = await waitUntilReady(state, options.startLimitMs ?? 30_000);
    if (problem === null) return state;
    await takeDown(places, state);
    const said = readLogSince(places.log, logStart);
    // Somebody else may take a port between our look and the server's, or between the server's look for its inner ports and their use, which it
    // says by a panic: only then is a second try worth it.
    const mayHaveLostAPort = /address already in use|^panic:/m.test(said);
    if (!mayHaveLostAPort || attempt === 3) throw notStarted(places, binary, problem, essenceOf(said));
  }
}

async function choosePorts({ configuredPort, headless }: StartOptions, previous: ServerState | null): Promise<Ports> {
  if (configuredPort !== undefined && !(await isPortFree(configuredPort))) throw busyPort(configuredPort);
  const port = configuredPort ?? (await choosePort(portsOf(previous?.address)));
  const usualUiPort = configuredPort === undefined ? [] : [configuredPort + 1000];
  return { port, uiPort: headless ? null : await choosePort([...portsOf(previous?.ui_address), ...usualUiPort], port) };
}

/** Everything about the new process is on disk before the server begins, so that whoever comes next knows of it whatever happens to us. */
function launch(places: ServerPlaces, binary: ServerBinary, { port, uiPort }: Ports, { env, keep = false }: StartOptions): ServerState {
  const attempt = tryLock(places.serverLock, { version: binary.serverVersion });
  if (!attempt.taken) throw unknownServer(places, attempt.holder);
  let server: WaitingServer | undefined;
  try {
    const database = places.database(binary.serverVersion);
    server = spawnServer(places, { binary: binary.path, database, port, uiPort, env });
    const state: ServerState = {
      schema: 'server-state/1',
      pid: server.identity.pid,
      pid_started: server.identity.started,
      address: `127.0.0.1:${port}`,
      ui_address: uiPort === null ? null : `http://127.0.0.1:${uiPort}`,
      server_version: binary.serverVersion,
      started_at: now(),
      keep,
    };
    writeServerState(places, state);
    attempt.lock.handOver(server.identity);
    server.letGo();
    return state;
  } catch (error) {
    server?.abandon();
    throw error;
  } finally {
    attempt.lock.release();
  }
}

/** null when the server is ready for work, else what is wrong. */
async function waitUntilReady(state: ServerState, giveUpAfterMs: number): Promise<string | null> {
  const isServerAlive = () => isAlive(serverProcess(state));
  if (!(await answersForNamespace(state.address, { giveUpAfterMs, isServerAlive }))) {
    return isServerAlive() ? `no answer within ${giveUpAfterMs / 1000} s` : 'that it ended';
  }
  return extendRetention(state.address).then(
    () => null,
    (error: unknown) => `that it refused to keep closed workflows longer (${String(error)})`,
  );
}

async function takeDown(places: ServerPlaces, state: ServerState): Promise<void> {
  await stopProcess(serverProcess(state));
  clearServerLock(places);
}

/** Removes the lock of a server that has ended. */
export function clearServerLock(places: ServerPlaces): void {
  const attempt = tryLock(places.serverLock, { version: '' });
  if (attempt.taken) attempt.lock.release();
}

function portsOf(address: string | null | undefined): number[] {
  const port = Number(/:(\d+)$/.exec(address ?? '')?.[1]);
  return Number.isInteger(port) ? [port] : [];
}

function busyPort(port: number): EngineError {
  return new EngineError(
    `starting the embedded server, on port ${port}: expected the configured port to be free, found another program listening there.`,
    'Stop that program, configure another port, or leave the port out to let Lauter choose one.',
    { port },
  );
}

function unknownServer(places: ServerPlaces, holder: { pid: number; host: string }): EngineError {
  return new EngineError(
    `starting the embedded server, on ${places.serverLock}: expected no server for this workspace, found one with process id ${holder.pid} ` +
      `on host ${holder.host} that ${places.state} does not know.`,
    `Stop that process; if its host is gone for good, delete ${places.serverLock}.`,
    { pid: holder.pid, host: holder.host },
  );
}

function notStarted(places: ServerPlaces, binary: ServerBinary, problem: string, said: string): EngineError {
  return new EngineError(
    `starting the embedded server, on ${binary.path}: expected it to answer, found ${problem}. It said: ${said === '' ? 'nothing' : said}`,
    `Read ${places.log}, or set TEMPORAL_ADDRESS to a running server.`,
  );
}
