import { now } from '../../adapters/clock.ts';
import type { RunProgressLine } from '../../schemas/run-progress.ts';
import type { RunView } from '../../schemas/run-view.ts';
import type { RunState } from '../../schemas/vocabulary.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { startProgress } from '../progress.ts';
import { withEngineView } from '../runs/engine-view.ts';
import { nextCommands } from '../runs/go-on.ts';
import { findRun } from '../runs/known-runs.ts';
import { readLakeRun } from '../runs/lake-runs.ts';
import { readSummary } from '../runs/show-run.ts';
import { tellState } from '../runs/tell-runs.ts';
import { watchRun } from '../runs/watch-run.ts';
import { tellSummary } from '../tell-summary.ts';
import { endAtOnce } from '../end-at-once.ts';

export interface RunsWatchOptions extends PlaceOptions {
  readonly json?: boolean;
}

const EVERY_MS = 500;
const PATIENCE_MS = 10_000;
/** Looks in a row that found nobody at work before it is said: a worker may be just coming or going. */
const ALONE_LOOKS = 6;

/** `lauter runs watch ID`: looks on until the run ends, and ends as it does. Does none of its work; an interrupt only detaches. */
export async function runsWatch(io: Io, id: string, options: RunsWatchOptions, look = withEngineView): Promise<ExitCode> {
  const workspace = existingWorkspace(io, options);
  return look(io, workspace, async (engine) => {
    const first = (await findRun(workspace.root, engine, id)).view;
    const stop = new AbortController();
    const stopListening = io.onInterrupt(() => {
      if (stop.signal.aborted) endAtOnce();
      stop.abort();
    });
    // A run that nobody can be found at from the start is not waited for.
    const patienceMs = first.state === 'interrupted' ? 0 : PATIENCE_MS;
    let last = first;
    const progress = options.json === true ? undefined : startProgress(io, async () => progressOf(last));
    let told = '';
    let alone = 0;
    try {
      for await (const view of watchRun(workspace.root, engine, first.run_id, { everyMs: EVERY_MS, patienceMs, stop: stop.signal })) {
        last = view;
        const state = JSON.stringify(view);
        if (options.json === true && state !== told)
          io.out(JSON.stringify({ schema: 'run-progress/1', at: now(), run: view } satisfies RunProgressLine));
        told = state;
        alone = view.worked_on === false ? alone + 1 : 0;
        if (alone === ALONE_LOOKS) tellAlone(io, view, workspace.root, options);
      }
    } finally {
      stopListening();
      await progress?.stop();
    }
    if (stop.signal.aborted) {
      io.err(`detached; run ${last.run_id} is ${tellState(last)}.`);
      return EXIT.interrupted;
    }
    tellEnd(io, last, workspace.root, options);
    return EXIT_OF[last.state];
  });
}

/** Only states that a watch can end in matter. */
const EXIT_OF: Readonly<Record<RunState, ExitCode>> = {
  accepted: EXIT.accepted,
  refused: EXIT.refused,
  failed: EXIT.impossible,
  cancelled: EXIT.interrupted,
  interrupted: EXIT.interrupted,
  paused: EXIT.interrupted,
  running: EXIT.interrupted,
};

function progressOf({ run_id, position, paused_by }: RunView) {
  return position === null ? undefined : { run_id, ...position, paused: paused_by };
}

function tellAlone(io: Io, run: RunView, workspace: string, options: RunsWatchOptions): void {
  const next = nextCommands(run, readLakeRun(workspace, run.run_id), { ...options, cwd: io.cwd });
  io.err([`nobody works on run ${run.run_id}; still watching. It goes on with:`, ...next.map((command) => `  ${command}`)].join('\n'));
}

function tellEnd(io: Io, run: RunView, workspace: string, options: RunsWatchOptions): void {
  const summary = readSummary(workspace, run.run_id);
  if (summary !== null) {
    if (options.json !== true) io.out(tellSummary(summary, io));
    return;
  }
  const next = nextCommands(run, readLakeRun(workspace, run.run_id), { ...options, cwd: io.cwd });
  io.err(
    [
      `run ${run.run_id} is ${tellState(run)}${run.detail === '' ? '.' : `: ${plain(run.detail).replace(/\.?$/, '.')}`}`,
      ...next.map((command) => `  ${command}`),
    ].join('\n'),
  );
}
