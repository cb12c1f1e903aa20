import { fileURLToPath } from 'node:url';
import type { WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, Worker, type NativeConnection } from '@temporalio/worker';
import type { PauseRequest } from '../../activities/pause-contract.ts';
import { connectionOptionsForAddress } from '../../adapters/temporal/connection-options.ts';
import { connectClient, connectWorker, type ConnectedClient } from '../../adapters/temporal/connection.ts';
import { acquireServer, type AcquiredServer } from '../../adapters/temporal/embedded-server.ts';
import { createPauseActivities, pauseGuardId } from '../../worker/pause-owner.ts';
import { quietRuntime } from '../../worker/runtime.ts';
import { GUARD_PROGRAM } from './guarded-pause.ts';

/** A Temporal server with a worker that works on runs which pause production. */
export interface PauseEngine {
  readonly client: ConnectedClient['client'];
  readonly address: string;
  start(request: PauseRequest): Promise<WorkflowHandle>;
  /** Ends the worker as if its process were killed: nothing of it goes on. */
  stopWorker(): Promise<void>;
  startWorker(): Promise<void>;
  close(): Promise<void>;
}

const QUEUE = 'harbour';

/** Starts server and worker for a workspace. */
export async function openPauseEngine(workspace: string): Promise<PauseEngine> {
  quietRuntime();
  const server: AcquiredServer = await acquireServer({ env: process.env, workspaceDir: workspace, headless: true });
  const options = connectionOptionsForAddress(server.address);
  const connected = await connectClient(options);
  const native: NativeConnection = await connectWorker(options);
  const bundle = await bundlePauseWorkflows();
  let worker: { readonly worker: Worker; readonly ended: Promise<void> } | null = null;
  const startWorker = async (): Promise<void> => {
    const started = await Worker.create({
      connection: native,
      taskQueue: QUEUE,
      workflowBundle: bundle,
      stickyQueueScheduleToStartTimeout: '1s',
      shutdownGraceTime: 0,
      activities: createPauseActivities({
        workspace,
        workspaceId: 'quay',
        env: { PATH: process.env['PATH'] },
        program: [GUARD_PROGRAM],
        settings: { poll_ms: 50, idle_s: 20 },
      }),
    });
    worker = { worker: started, ended: started.run() };
  };
  const stopWorker = async (): Promise<void> => {
    worker?.worker.shutdown();
    await worker?.ended;
    worker = null;
  };
  await startWorker();
  return {
    client: connected.client,
    address: server.address,
    start: (request) => connected.client.workflow.start('harbourRun', { workflowId: request.owner, taskQueue: QUEUE, args: [request] }),
    stopWorker,
    startWorker,
    close: async () => {
      await stopWorker();
      await native.close();
      await connected.connection.close();
      await server.release();
    },
  };
}

/** Asks for a pause with short times, with changes. */
export function pauseRequest(production_url: string, owner: string, changes: Partial<PauseRequest> = {}): PauseRequest {
  return {
    guard_id: pauseGuardId(production_url),
    production_url,
    owner,
    ttl_s: 3,
    renew_every_s: 0.5,
    max_pause_s: 120,
    quiescence_limit_s: 20,
    quiescence_poll_s: 0.2,
    watch_every_s: 0.2,
    resume_patience_s: 15,
    ...changes,
  };
}

/** The runs of these tests with the guard workflow, as a worker takes them. */
export async function bundlePauseWorkflows(): Promise<{ readonly code: string }> {
  const workflowsPath = fileURLToPath(new URL('../workflows/pause/harbour-run.ts', import.meta.url));
  return bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
}
