import { PERMANENT_FAILURES } from './schemas/vocabulary.ts';

/**
 * Constants of the engine: queues, activity profiles, waits. No environment, no Node: workflows read this file too.
 * Each profile says why its numbers are what they are.
 */

/** Everything that turns files into files. */
export const WORK_QUEUE = 'lauter-work';

/** How long after its last sign of life an attempt counts as dead. Recovery from a killed worker takes this plus about two seconds. */
export const HEARTBEAT_TIMEOUT_MS = 10_000;

/** A new try comes quickly: what failed is the worker or the server, and both come back within seconds. */
const RETRY = { initialInterval: 200, backoffCoefficient: 2, maximumInterval: 5_000, nonRetryableErrorTypes: [...PERMANENT_FAILURES] };

export const PROFILES = {
  /**
   * One shard: seconds of work for 8 MiB, but a compressed file of many gigabytes is one shard too. No limit on attempts: each death of a worker
   * costs one, and errors that would come again are not retried at all.
   */
  shard: { startToCloseTimeout: '6 hours', scheduleToCloseTimeout: '24 hours', retry: RETRY },
  /** Steps over a whole dataset version: a sort, a join, one file written. Minutes for tens of millions of rows. */
  dataset: { startToCloseTimeout: '6 hours', scheduleToCloseTimeout: '24 hours', retry: RETRY },
  /** A few small files: receipts, summary, heads. */
  record: { startToCloseTimeout: '10 minutes', scheduleToCloseTimeout: '1 hour', retry: RETRY },
} as const;

/** Shards of one run in progress at once, over all workers. Far below the engine's limit of 2,000 pending activities. */
export const SHARD_WINDOW = 16;

/** Shards before a run goes on with a fresh history: six events each, and the engine suggests it from 4,096 on. */
export const SHARDS_PER_HISTORY = 500;

/** Time a stopping worker gives its activities to finish: a shard takes about a second. */
export const SHUTDOWN_GRACE_MS = 30_000;

/** Offered first to the worker that knows the workflow; a dead one costs this long. */
export const STICKY_TIMEOUT_MS = 1_000;
