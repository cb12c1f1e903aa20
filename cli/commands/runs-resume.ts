import { EXIT, type ExitCode } from '../exit-codes.ts';
import { commandFor } from '../command-line.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { carryOnCommands, nextCommands } from '../runs/go-on.ts';
import { lostRun } from '../runs/lost-run.ts';
import { withUnfinishedRun } from '../runs/with-unfinished-run.ts';

/** `lauter runs resume ID`: ends a pause. Works on the run no more than `pause` does, and names who will when nobody is at it. */
export async function runsResume(io: Io, id: string, options: PlaceOptions, find = withUnfinishedRun): Promise<ExitCode> {
  return find(io, { id, acting: 'resuming', options }, async ({ session, engine, run, lake, open }) => {
    const place = { ...options, cwd: io.cwd };
    if (open === undefined) throw lostRun('resuming', run.run_id, nextCommands(run, lake, place));
    await session.client.workflow.getHandle(open.workflowId).signal('resume');
    const isWorkedOn = (await engine.observe(open)).progress !== null;
    const state = run.paused_by === null ? 'is not paused' : 'is not paused any more';
    if (isWorkedOn) io.err(`run ${run.run_id} ${state}. \`${commandFor(`runs watch ${run.run_id}`, options)}\` shows it.`);
    else
      io.err(
        [
          `run ${run.run_id} ${state}, but nobody works on it. Carry it on with one of:`,
          ...carryOnCommands(lake, place).map((command) => `  ${command}`),
        ].join('\n'),
      );
    return EXIT.accepted;
  });
}
