import type { queueOf, RunningWorker, startWorker } from '../../worker/index.ts';

/** The built worker: its threads and its workflow bundle exist in dist/ only. */
export interface WorkerModule {
  readonly startWorker: typeof startWorker;
  readonly queueOf: typeof queueOf;
}

export type StartedWorker = RunningWorker;

export interface RuntimeModule {
  quietRuntime(): void;
}
