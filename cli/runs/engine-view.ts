import { QueryNotRegisteredError, QueryRejectedError, type Client } from '@temporalio/client';
import {
  connectionOptionsForAddress,
  connectionOptionsFromEnvironment,
  type EngineConnection,
} from '../../adapters/temporal/connection-options.ts';
import { connectClient } from '../../adapters/temporal/connection.ts';
import { serverStatus } from '../../adapters/temporal/embedded-server.ts';
import { listEngineRuns, type EngineRun } from '../../adapters/temporal/engine-runs.ts';
import { workersOf } from '../../adapters/temporal/queue-workers.ts';
import { listSchedules, type FoundSchedule, type SchedulePlace } from '../../adapters/temporal/schedules.ts';
import { readSignals } from '../../adapters/temporal/signals-in-history.ts';
import { grpcCode } from '../../adapters/temporal/transient.ts';
import type { EngineState } from '../../schemas/run-view.ts';
import { queueOf } from '../../worker/index.ts';
import type { PausedBy, RunProgress } from '../../workflows/run-control.ts';
import type { Io } from '../io.ts';
import type { ExistingWorkspace } from '../existing-workspace.ts';
import { NIGHTLY } from '../schedule/declare-schedules.ts';
import { pausedBySignals } from './paused-by-signals.ts';

/** A run in progress, asked how it is. */
export interface Observation {
  /** Null when no worker answers. */
  readonly progress: RunProgress | null;
  readonly pausedBy: PausedBy | null;
}

/** What the engine can say of a workspace's runs. */
export interface EngineView extends EngineState {
  runs(): Promise<readonly EngineRun[]>;
  observe(run: EngineRun): Promise<Observation>;
  /** Workers that poll for this workspace, as `process@host`. */
  workers(): Promise<readonly string[]>;
  /** Every schedule of the workspace, by name. */
  schedules(): Promise<readonly FoundSchedule[]>;
}

const CONNECT_LIMIT_MS = 3_000;
const CALL_LIMIT_MS = 5_000;
/** A query waits for a worker that may not come. */
const ANSWER_LIMIT_MS = 3_000;

/** Looks at the engine that commands of this workspace would use, without starting or keeping anything. */
export async function withEngineView<Result>(
  io: Io,
  workspace: ExistingWorkspace,
  use: (view: EngineView) => Promise<Result>,
): Promise<Result> {
  const found = await findEngine(io, workspace);
  if (found.connection === null) return use(absentEngine(found.state));
  const address = found.connection.client.address;
  const connected = await connectClient(found.connection, { giveUpAfterMs: CONNECT_LIMIT_MS, attemptLimitMs: CONNECT_LIMIT_MS }).catch(
    (error: unknown) => {
      io.err(`${error instanceof Error ? error.message : String(error)} What follows is from the workspace alone.`);
      return null;
    },
  );
  if (connected === null) return use(absentEngine({ state: 'silent', address }));
  try {
    return await use(engineViewOf(connected.client, workspace.id, address));
  } finally {
    await connected.connection.close();
  }
}

/** The view over a client that is connected. */
export function engineViewOf(client: Client, workspaceId: string, address: string): EngineView {
  const queue = queueOf(workspaceId);
  const place: SchedulePlace = { client, workspaceId, taskQueue: queue };
  // By itself the SDK would try for some 18 s when the server is gone.
  const soon = <Answer>(ask: () => Promise<Answer>): Promise<Answer> => client.withDeadline(Date.now() + CALL_LIMIT_MS, ask);
  const workers = (): Promise<string[]> => soon(() => workersOf(client, queue));
  return {
    state: 'answering',
    address,
    runs: () => soon(() => listEngineRuns(client, queue)),
    workers,
    schedules: () => soon(() => listSchedules(place, [NIGHTLY])),
    async observe({ workflowId }) {
      // Without a worker a query waits until its deadline: asked only where somebody might answer.
      const progress = (await workers()).length === 0 ? null : await askProgress(client, workflowId);
      return { progress, pausedBy: progress === null ? await soon(() => readPause(client, workflowId)) : progress.paused };
    },
  };
}

async function findEngine(io: Io, { root }: ExistingWorkspace): Promise<{ state: EngineState; connection: EngineConnection | null }> {
  const given = connectionOptionsFromEnvironment(io.env);
  if (given !== null) return { state: { state: 'answering', address: given.client.address }, connection: given };
  const { state, last } = await serverStatus(root);
  const address = last?.address ?? null;
  return { state: { state, address }, connection: state === 'answering' && address !== null ? connectionOptionsForAddress(address) : null };
}

function absentEngine(engine: EngineState): EngineView {
  return {
    ...engine,
    runs: async () => [],
    workers: async () => [],
    observe: async () => ({ progress: null, pausedBy: null }),
    schedules: async () => [],
  };
}

async function askProgress(client: Client, workflowId: string): Promise<RunProgress | null> {
  try {
    return await client.withDeadline(Date.now() + ANSWER_LIMIT_MS, () =>
      client.workflow.getHandle(workflowId).query<RunProgress>('progress'),
    );
  } catch (error) {
    // No worker in time, no first task done yet, or closed meanwhile: in each case nobody answers.
    if (grpcCode(error) !== null || error instanceof QueryNotRegisteredError || error instanceof QueryRejectedError) return null;
    throw error;
  }
}

async function readPause(client: Client, workflowId: string): Promise<PausedBy | null> {
  try {
    const { input, signals } = readSignals(await client.workflow.getHandle(workflowId).fetchHistory());
    return pausedBySignals((input as { paused?: PausedBy | null } | undefined)?.paused ?? null, signals);
  } catch (error) {
    if (grpcCode(error) !== null) return null;
    throw error;
  }
}
