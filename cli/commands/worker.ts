import { EngineError } from '../../domain/shared/errors.ts';
import { slotQueueOf } from '../../worker/index.ts';
import { withEngine } from '../engine-session.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { InterruptSignal, Io } from '../io.ts';
import { loadConfig, type PlaceOptions } from '../places.ts';
import { followConfig } from '../schedule/apply-schedules.ts';
import { endAtOnce } from '../end-at-once.ts';

export interface WorkerCommandOptions extends PlaceOptions {
  readonly threads?: number;
  readonly withServer?: boolean;
}

/**
 * `lauter worker`: has the schedules follow the config, works on the runs of a workspace until it is told to stop, and takes the one place at the inference
 * server of the config; then lets the steps in progress finish within the grace time. A second signal stops it at once.
 */
export async function worker(io: Io, options: WorkerCommandOptions, open = withEngine, follow = followConfig): Promise<ExitCode> {
  const workspace = existingWorkspace(io, options);
  const { config: stored, path: configPath } = loadConfig(io, workspace.root, options);
  const config = options.threads === undefined ? stored : { ...stored, engine: { ...stored.engine, threads: options.threads } };
  const joinOnly = options.withServer !== true;
  return open(io, { workspaceDir: workspace.root, config, configPath, joinOnly, exitCodeOf }, async (session) => {
    const running = await session.work([slotQueueOf(workspace.id, config.bench.base_url)]);
    const stop = firstSignal(io);
    try {
      await follow(io, session, config);
      io.err(`worker ready: process ${process.pid}, workspace ${workspace.root} (${workspace.id}), server ${session.address}`);
      const failed = running.stopped.then(() => Promise.reject(stoppedByItself(session.address)));
      const signal = await Promise.race([stop.heard, session.lost, failed]);
      io.err('stopping after the steps in progress; a second signal stops at once …');
      await running.stop();
      return exitCodeOf(signal);
    } finally {
      stop.stopListening();
    }
  });
}

/** Whoever looks after processes ends one by SIGTERM and wants to see that as success. */
function exitCodeOf(signal: InterruptSignal): ExitCode {
  return signal === 'SIGTERM' ? EXIT.accepted : EXIT.interrupted;
}

function firstSignal(io: Io): { heard: Promise<InterruptSignal>; stopListening(): void } {
  let stopListening!: () => void;
  const heard = new Promise<InterruptSignal>((resolve) => {
    let first: InterruptSignal | undefined;
    stopListening = io.onInterrupt((signal) => {
      if (first !== undefined) {
        endAtOnce(exitCodeOf(first));
        return;
      }
      first = signal;
      resolve(signal);
    });
  });
  return { heard, stopListening };
}

function stoppedByItself(address: string): EngineError {
  return new EngineError(
    `working, on ${address}: expected the worker to go on until it is told to stop, found that it ended.`,
    'Run the same command again, and it goes on.',
  );
}
