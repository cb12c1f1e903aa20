import { EXIT, type ExitCode } from '../exit-codes.ts';
import { commandFor } from '../command-line.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { nextCommands } from '../runs/go-on.ts';
import { lostRun } from '../runs/lost-run.ts';
import { withUnfinishedRun } from '../runs/with-unfinished-run.ts';

/** `lauter runs pause ID`: the run does no further step until it is resumed, whatever command or worker carries it on. */
export async function runsPause(io: Io, id: string, options: PlaceOptions, find = withUnfinishedRun): Promise<ExitCode> {
  return find(io, { id, acting: 'pausing', options }, async ({ session, run, lake, open }) => {
    if (open === undefined) throw lostRun('pausing', run.run_id, nextCommands(run, lake, { ...options, cwd: io.cwd }));
    await session.client.workflow.getHandle(open.workflowId).signal('pause', 'user');
    const when = run.worked_on === true ? 'pauses after the steps in progress' : 'is paused';
    io.err(`run ${run.run_id} ${when}. \`${commandFor(`runs resume ${run.run_id}`, options)}\` lets it go on.`);
    return EXIT.accepted;
  });
}
