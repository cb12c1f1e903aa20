import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from '@temporalio/worker';
import { createPauseGuardActivities } from '../../activities/pause/guard-activities.ts';
import type { GuardWorld } from '../../activities/pause/world.ts';
import {
  connectionOptionsForAddress,
  connectionOptionsFromEnvironment,
  type EngineConnection,
} from '../../adapters/temporal/connection-options.ts';
import { connectWorker } from '../../adapters/temporal/connection.ts';
import { serverPlaces } from '../../adapters/temporal/server-places.ts';
import { readRunningServer } from '../../adapters/temporal/server-state.ts';
import { quietRuntime } from '../runtime.ts';

export interface ServedActivities {
  /** Lets activities in progress finish and report, and comes back when nothing is served any more. */
  stop(): Promise<void>;
}

const LOOK_MS = 1_000;
const CONNECT_LIMIT_MS = 5_000;
const SHUTDOWN_GRACE_MS = 5_000;

/** Serves the guard's activities for as long as a server can be reached, and tries again for ever when none can. */
export function serveActivities(
  world: GuardWorld,
  options: { readonly workspace: string; readonly queue: string; readonly env: NodeJS.ProcessEnv; log(text: string): void },
): ServedActivities {
  quietRuntime();
  const stopped = new AbortController();
  const served = serve();
  return {
    stop: async () => {
      stopped.abort();
      await served;
    },
  };

  async function serve(): Promise<void> {
    let lastProblem = '';
    while (!stopped.signal.aborted) {
      try {
        await serveOnce();
        lastProblem = '';
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        if (problem !== lastProblem) options.log(`activities are not served: ${problem}`);
        lastProblem = problem;
      }
      await rest(LOOK_MS);
    }
  }

  async function serveOnce(): Promise<void> {
    const connection = findServer(options);
    if (connection === null) return;
    const native = await connectWorker(connection, { giveUpAfterMs: CONNECT_LIMIT_MS });
    try {
      const worker = await Worker.create({
        connection: native,
        namespace: connection.namespace,
        taskQueue: options.queue,
        activities: createPauseGuardActivities(world),
        shutdownGraceTime: SHUTDOWN_GRACE_MS,
      });
      if (stopped.signal.aborted) return;
      options.log(`activities are served from ${connection.worker.address}`);
      await worker.runUntil(untilNotWanted(connection.worker.address));
    } finally {
      await native.close();
    }
  }

  /** Until the guard ends, or the server has come back at another address. */
  async function untilNotWanted(address: string): Promise<void> {
    for (;;) {
      await rest(LOOK_MS);
      if (stopped.signal.aborted) return;
      const found = findServer(options);
      if (found !== null && found.worker.address !== address) return;
    }
  }

  async function rest(durationMs: number): Promise<void> {
    await sleep(durationMs, undefined, { signal: stopped.signal }).catch(() => undefined);
  }
}

/** The server of the environment, or the one that runs for the workspace now. */
function findServer({ workspace, env }: { readonly workspace: string; readonly env: NodeJS.ProcessEnv }): EngineConnection | null {
  const given = connectionOptionsFromEnvironment(env);
  if (given !== null) return given;
  const address = readRunningServer(serverPlaces(workspace))?.address;
  return address === undefined ? null : connectionOptionsForAddress(address);
}
