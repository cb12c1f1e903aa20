import { UsageError } from '../../domain/shared/errors.ts';
import { commandFor } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { ownsRun } from '../run-owner.ts';
import { cancelRun } from '../runs/cancel-run.ts';
import { tellState } from '../runs/tell-runs.ts';
import { withUnfinishedRun } from '../runs/with-unfinished-run.ts';
import { endAtOnce } from '../end-at-once.ts';

/** `lauter runs cancel ID`: gives a run up and returns when it is closed. Finished shards are kept. */
export async function runsCancel(io: Io, id: string, options: PlaceOptions, find = withUnfinishedRun): Promise<ExitCode> {
  return find(io, { id, acting: 'cancelling', options }, async (unfinished) => {
    const { run, open, workspace } = unfinished;
    if (open === undefined && ownsRun(workspace, run.run_id) === 'another') throw ownedElsewhere(run.run_id);
    const stop = new AbortController();
    const stopListening = io.onInterrupt(() => {
      if (stop.signal.aborted) endAtOnce();
      stop.abort();
    });
    const outcome = await cancelRun(io, unfinished, stop.signal).finally(stopListening);
    if (outcome === null) {
      io.err(
        `run ${run.run_id} is told to end, and does so as soon as somebody works on it. \`${commandFor(`runs cancel ${run.run_id}`, options)}\` waits for it.`,
      );
      return EXIT.interrupted;
    }
    if (outcome.view.state !== 'cancelled') {
      io.err(`run ${run.run_id} ended before it could be cancelled: ${tellState(outcome.view)}.`);
      return EXIT.impossible;
    }
    io.err(`run ${run.run_id} is cancelled. Finished shards are kept; the command that began it starts a new run that reuses them.`);
    return EXIT.accepted;
  });
}

function ownedElsewhere(runId: string): UsageError {
  return new UsageError(
    `cancelling run ${runId}: expected it on the engine of this workspace, found that its command is alive and works with another one.`,
    'Interrupt that command, or set TEMPORAL_ADDRESS to the engine it uses.',
  );
}
