import { existsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker, type NativeConnection } from '@temporalio/worker';
import { createBenchActivities } from '../activities/bench/activities.ts';
import type { BenchActivities } from '../activities/bench-contract.ts';
import { CONFIG_NAME } from '../adapters/files/config-file.ts';
import { EngineError } from '../domain/shared/errors.ts';
import { SHUTDOWN_GRACE_MS, STICKY_TIMEOUT_MS } from '../temporal.config.ts';
import { createBenchWorld } from './bench-world.ts';
import { createEvalActivities } from './eval-activities.ts';
import { createPauseActivities } from './pause-owner.ts';
import { createProbeActivities } from './probe-activities.ts';
import { queueOf } from './queues.ts';
import { openThreads, type ThreadPool } from './threads.ts';
import { createThreadedActivities } from './threaded-activities.ts';

export { createPorts } from './ports.ts';
export { quietRuntime } from './runtime.ts';
export { queueOf, slotQueueOf } from './queues.ts';
export { haltThreads } from './threads.ts';

export interface WorkerOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly workspace: string;
  /** Identity of the workspace: its queue is its own, so a worker never gets work for another one. */
  readonly workspaceId: string;
  /** What a process that outlives this one needs to find the server; nothing of it when left out. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** What scheduled work is made of, read when it begins; that of the workspace unless stated. */
  readonly configPath?: string | undefined;
  /** Threads that do the work; all cores unless stated. */
  readonly threads?: number | undefined;
  /** Queues of inference servers whose one place this worker takes. */
  readonly slotQueues?: readonly string[] | undefined;
  /** Replays every workflow task from the start; for tests. */
  readonly maxCachedWorkflows?: number | undefined;
}

export interface RunningWorker {
  /** Resolves when the worker has stopped; rejects when it failed. */
  readonly stopped: Promise<void>;
  /** Lets running activities finish within the grace time, then stops. */
  stop(): Promise<void>;
}

/** Starts a worker in this process. EngineError where the workflows that it is to run are not there. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const codePath = bundlePath();
  const threadCount = options.threads ?? availableParallelism();
  const data = { workspace: options.workspace, env: { ...options.env }, limits: { threads: 1, memoryMb: memoryFor(threadCount) } };
  const threads = openThreads({ ...data, threads: threadCount });
  const place = { ...options, env: options.env ?? {}, configPath: options.configPath ?? join(options.workspace, CONFIG_NAME) };
  const bench = createBenchActivities(createBenchWorld(place));
  const worker = await Worker.create({
    connection: options.connection,
    namespace: options.namespace,
    taskQueue: queueOf(options.workspaceId),
    workflowBundle: { codePath },
    activities: {
      ...createThreadedActivities(threads),
      ...createEvalActivities(threads, data),
      ...createPauseActivities(place),
      ...createProbeActivities(place),
      ...bench,
    },
    // Two more than there are threads: the next shard is at hand when one ends, whatever the engine takes to hand it over.
    maxConcurrentActivityTaskExecutions: threadCount + 2,
    shutdownGraceTime: SHUTDOWN_GRACE_MS,
    stickyQueueScheduleToStartTimeout: STICKY_TIMEOUT_MS,
    ...(options.maxCachedWorkflows === undefined ? {} : { maxCachedWorkflows: options.maxCachedWorkflows }),
  });
  const slots = await Promise.all((options.slotQueues ?? []).map((queue) => createSlotWorker(options, queue, bench)));
  const all = [worker, ...slots];
  const stopped = runToTheEnd(all, threads);
  return {
    stopped,
    async stop() {
      for (const one of all) if (one.getState() === 'RUNNING') one.shutdown();
      await stopped.catch(() => undefined);
    },
  };
}

/** Looked for first: a worker that fails over it does so only once it holds connections. */
function bundlePath(): string {
  const path = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
  if (existsSync(path)) return path;
  throw new EngineError(
    'starting a worker: expected the bundle of workflows beside the program, found none.',
    'Install Lauter again; in a clone, build it with `npm run build`.',
  );
}

/** A worker of activities alone with a single place: what it does is done one after the other. */
function createSlotWorker({ connection, namespace }: WorkerOptions, taskQueue: string, activities: BenchActivities): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    activities,
    maxConcurrentActivityTaskExecutions: 1,
    // A cancel is heard with the answer to a sign of life: no more than a second later, so that it stops after the current call.
    maxHeartbeatThrottleInterval: '1 second',
    shutdownGraceTime: SHUTDOWN_GRACE_MS,
  });
}

async function runToTheEnd(workers: readonly Worker[], threads: ThreadPool): Promise<void> {
  try {
    await Promise.all(
      workers.map(async (worker) => {
        try {
          await worker.run();
        } finally {
          // None goes on without the others.
          for (const other of workers) if (other.getState() === 'RUNNING') other.shutdown();
        }
      }),
    );
  } finally {
    await threads.close();
  }
}

const MIN_DATABASE_MB = 256;
const MAX_DATABASE_MB = 1024;

function memoryFor(threads: number): number {
  const share = ((totalmem() / 2 ** 20) * 0.25) / threads;
  return Math.round(Math.min(MAX_DATABASE_MB, Math.max(MIN_DATABASE_MB, share)));
}
