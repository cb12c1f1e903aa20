import { PERMANENT_FAILURES } from './schemas/vocabulary.ts';

/**
 * Constants of the engine: queues, activity profiles, waits. No environment, no Node: workflows read this file too.
 * Each profile says why its numbers are what they are.
 */

/** Everything that turns files into files. */
export const WORK_QUEUE = 'lauter-work';

/** The one place at an inference server; each server has a queue of its own. */
export const SLOT_QUEUE = 'lauter-slot';

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

/** Steps of a model's pass before it goes on with a fresh history: six events each, which keeps it below 4,000. */
export const STEPS_PER_HISTORY = 500;

/** Time a stopping worker gives its activities to finish: a shard takes about a second. */
export const SHUTDOWN_GRACE_MS = 30_000;

/** Offered first to the worker that knows the workflow; a dead one costs this long. */
export const STICKY_TIMEOUT_MS = 1_000;

/** A bench: what it calls may be slow or hang, so each attempt has an end of its own, and none outlives the pause it stands in. */
const BENCH_RETRY = {
  initialInterval: '2 seconds',
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
  nonRetryableErrorTypes: [...PERMANENT_FAILURES],
};

export const BENCH_PROFILES = {
  /** One look at something outside. */
  check: {
    startToCloseTimeout: '60 seconds',
    scheduleToCloseTimeout: '150 seconds',
    heartbeatTimeout: '15 seconds',
    retry: { ...BENCH_RETRY, maximumAttempts: 2 },
  },
  /** Replays that are at the server end first: their longest calls take an hour. */
  slot: {
    startToCloseTimeout: '2 hours',
    scheduleToCloseTimeout: '6 hours',
    heartbeatTimeout: '30 seconds',
    retry: { ...BENCH_RETRY, maximumAttempts: 5 },
  },
  /** A server may load a model when it is first asked for: minutes for tens of gigabytes. */
  model: {
    startToCloseTimeout: '300 seconds',
    scheduleToCloseTimeout: '15 minutes',
    heartbeatTimeout: '15 seconds',
    retry: { ...BENCH_RETRY, maximumAttempts: 2 },
  },
  /** At most eight calls; how long that may take follows from the limit of a call. A finished call is never made again, so a retry costs little. */
  batch: { scheduleToCloseTimeout: '3 hours', heartbeatTimeout: '30 seconds', retry: { ...BENCH_RETRY, maximumAttempts: 3 } },
  /** Embeddings of all outputs, an index in memory, every question in every mode. */
  score: {
    startToCloseTimeout: '600 seconds',
    scheduleToCloseTimeout: '35 minutes',
    heartbeatTimeout: '30 seconds',
    retry: { ...BENCH_RETRY, maximumAttempts: 3 },
  },
  /** Files, result tables, ledger: idempotent, and nothing may be lost for a passing fault. */
  record: {
    startToCloseTimeout: '120 seconds',
    scheduleToCloseTimeout: '15 minutes',
    heartbeatTimeout: '30 seconds',
    retry: { ...BENCH_RETRY, maximumAttempts: 5 },
  },
  /** Polls production for as long as models are measured. A worker that dies is replaced, and the watch goes on. */
  watch: {
    startToCloseTimeout: '24 hours',
    scheduleToCloseTimeout: '25 hours',
    heartbeatTimeout: '15 seconds',
    retry: { ...BENCH_RETRY, initialInterval: '1 second' },
  },
} as const;

/** Served by the guard of one production system alone; its workspace and the system's key follow. */
export const PAUSE_QUEUE = 'lauter-pause';

/** What a pause is taken with unless stated otherwise, in seconds; the guard looks at the marker every so many milliseconds. */
export const PAUSE_DEFAULTS = {
  ttlS: 120,
  renewEveryS: 30,
  maxPauseS: 45 * 60,
  quiescenceLimitS: 300,
  quiescencePollS: 2,
  watchEveryS: 5,
  resumePatienceS: 60,
  guardPollMs: 1_000,
} as const;

const PAUSE_RETRY = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
  nonRetryableErrorTypes: [...PERMANENT_FAILURES],
};

/** The guard's process is on this machine: an activity that it does not fetch at once waits for a guard that is gone. */
const GUARD_FETCHES_WITHIN = '20 seconds';

/** A pause: each step is short, because whoever waits for it keeps production paused. */
export const PAUSE_PROFILES = {
  /** Starts a process and waits until it gives a sign of life. */
  startGuard: { startToCloseTimeout: '30 seconds', scheduleToCloseTimeout: '100 seconds', retry: { ...PAUSE_RETRY, maximumAttempts: 3 } },
  /** Reads one small file. However long the worker is away, the guard workflow has to know how the pause stands before it ends. */
  look: { startToCloseTimeout: '10 seconds', scheduleToCloseTimeout: '24 hours', retry: PAUSE_RETRY },
  /** Writes one small file, and may have to start a guard. The next renewal comes anyway. */
  renew: { startToCloseTimeout: '30 seconds', scheduleToCloseTimeout: '60 seconds', retry: { ...PAUSE_RETRY, maximumAttempts: 3 } },
  openLease: {
    startToCloseTimeout: '20 seconds',
    scheduleToStartTimeout: GUARD_FETCHES_WITHIN,
    scheduleToCloseTimeout: '60 seconds',
    retry: { ...PAUSE_RETRY, maximumAttempts: 3 },
  },
  /** Two calls of four seconds at most. */
  pause: {
    startToCloseTimeout: '10 seconds',
    scheduleToStartTimeout: GUARD_FETCHES_WITHIN,
    scheduleToCloseTimeout: '60 seconds',
    retry: { ...PAUSE_RETRY, maximumAttempts: 3 },
  },
  /** Once: work in flight that did not end in time does not end because somebody asks again. Its longest time comes with the request. */
  quiescence: {
    heartbeatTimeout: '15 seconds',
    scheduleToStartTimeout: GUARD_FETCHES_WITHIN,
    retry: { ...PAUSE_RETRY, maximumAttempts: 1 },
  },
  /** As long as the pause. A guard that was replaced goes on looking. */
  watch: { startToCloseTimeout: '24 hours', scheduleToCloseTimeout: '24 hours', heartbeatTimeout: '15 seconds', retry: PAUSE_RETRY },
  /** Two calls of four seconds at most, a few times; then the owner is told that the end of its pause is pending. */
  resume: {
    startToCloseTimeout: '15 seconds',
    scheduleToStartTimeout: GUARD_FETCHES_WITHIN,
    scheduleToCloseTimeout: '3 minutes',
    retry: { ...PAUSE_RETRY, maximumAttempts: 5 },
  },
  /** For ever, and so without a limit on all attempts together: production must not stay paused because somebody gave up. Only another lease in its place ends it. */
  resumeForEver: {
    startToCloseTimeout: '15 seconds',
    scheduleToStartTimeout: GUARD_FETCHES_WITHIN,
    retry: { ...PAUSE_RETRY, nonRetryableErrorTypes: PERMANENT_FAILURES.filter((name) => name === 'LeaseLostError') },
  },
} as const;

/** Evaluations: searching is fast, models behind it may be slow. What a batch has finished is kept, so a retry costs little. */
export const EVAL_PROFILES = {
  /** Reads a dataset once, and unpacks it where it is compressed: a minute for gigabytes. */
  dataset: { startToCloseTimeout: '30 minutes', scheduleToCloseTimeout: '2 hours', retry: RETRY },
  /** Eight questions, each with two calls of a model at most, which are tried three times and may be told to wait a minute. */
  batch: { startToCloseTimeout: '3 hours', scheduleToCloseTimeout: '24 hours', retry: RETRY },
  /** One paid call of a model, tried three times within two minutes each, and told to wait a minute at most in between. Its answer is kept. */
  call: { startToCloseTimeout: '15 minutes', scheduleToCloseTimeout: '24 hours', retry: RETRY },
  /**
   * One task with two calls of a model at most. While a bench has the server an attempt ends at once, and another one comes seconds later: no place of a
   * worker is taken meanwhile. Benches may last for hours, one after the other.
   */
  replay: { startToCloseTimeout: '3 hours', scheduleToCloseTimeout: '7 days', retry: RETRY },
  /** Files alone; what is at hand may have to end first. Each death of a worker costs an attempt. */
  record: { startToCloseTimeout: '10 minutes', scheduleToCloseTimeout: '24 hours', retry: { ...RETRY, maximumAttempts: 20 } },
} as const;

/** Batches before an evaluation goes on with a fresh history: twelve events each at most, and the engine suggests it from 4,096 on. */
export const BATCHES_PER_HISTORY = 250;

/** Paid calls before an evaluation goes on with a fresh history: six events each. */
export const CALLS_PER_HISTORY = 500;

/** The nightly probe: its own steps read and write small files, and hash one. What it looks at runs in workflows of its own. */
export const PROBE_PROFILES = {
  /** Reads the config and, to estimate, the questions. However long the worker is away, the night has to come to its row. */
  record: { startToCloseTimeout: '30 minutes', scheduleToCloseTimeout: '24 hours', retry: RETRY },
  /** Somebody who does not hear of a change now is told with the next one: that ends no probe. */
  tell: { startToCloseTimeout: '10 minutes', scheduleToCloseTimeout: '20 minutes', retry: { ...RETRY, maximumAttempts: 3 } },
} as const;
