import { availableParallelism, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker, type NativeConnection } from '@temporalio/worker';
import { SHUTDOWN_GRACE_MS, STICKY_TIMEOUT_MS, WORK_QUEUE } from '../temporal.config.ts';
import { openThreads, type ThreadPool } from './threads.ts';
import { createThreadedActivities } from './threaded-activities.ts';

export { createPorts } from './ports.ts';
export { quietRuntime } from './runtime.ts';
export { haltThreads } from './threads.ts';

export interface WorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly workspace: string;
  /** Identity of the workspace: its queue is its own, so a worker never gets work for another one. */
  readonly workspaceId: string;
  /** Threads that do the work; all cores unless stated. */
  readonly threads?: number | undefined;
  /** Replays every workflow task from the start; for tests. */
  readonly maxCachedWorkflows?: number | undefined;
}

export interface RunningWorker {
  /** Resolves when the worker has stopped; rejects when it failed. */
  readonly stopped: Promise<void>;
  /** Lets running activities finish within the grace time, then stops. */
  stop(): Promise<void>;
}

/** Starts a worker in this process. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const threadCount = options.threads ?? availableParallelism();
  const threads = openThreads({
    workspace: options.workspace,
    threads: threadCount,
    limits: { threads: 1, memoryMb: memoryFor(threadCount) },
  });
  const worker = await Worker.create({
    connection: options.connection,
    namespace: options.namespace,
    taskQueue: queueOf(options.workspaceId),
    workflowBundle: { codePath: fileURLToPath(new URL('../workflow-bundle.js', import.meta.url)) },
    activities: createThreadedActivities(threads),
    // Two more than there are threads: the next shard is at hand when one ends, whatever the engine takes to hand it over.
    maxConcurrentActivityTaskExecutions: threadCount + 2,
    shutdownGraceTime: SHUTDOWN_GRACE_MS,
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT_MS,
    ...(options.maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows: options.maxCachedWorkflows }),
  });
  const stopped = runToTheEnd(worker, threads);
  return {
    stopped,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await stopped.catch(() => undefined);
    },
  };
}

async function runToTheEnd(worker: Worker, threads: ThreadPool): Promise<void> {
  try {
    await worker.run();
  } finally {
    await threads.close();
  }
}

/** The task queue of a workspace. */
export function queueOf(workspaceId: string): string {
  return `${WORK_QUEUE}-${workspaceId}`;
}

const MIN_DATABASE_MB = 256;
const MAX_DATABASE_MB = 1024;

function memoryFor(threads: number): number {
  const share = ((totalmem() / 2 ** 20) * 0.25) / threads;
  return Math.round(Math.min(MAX_DATABASE_MB, Math.max(MIN_DATABASE_MB, share)));
}
