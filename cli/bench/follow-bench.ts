import type { EngineSession } from '../engine-session.ts';
import { followWork, type FollowedWork, type Work, type WorkWords } from '../follow-work.ts';
import type { Io } from '../io.ts';
import { benchOwnerPath } from '../run-owner.ts';

/** Work of the bench that is to be done, or that is done already by somebody else. */
export interface BenchWork extends Omit<Work, 'slotQueues' | 'ownerPath' | 'words'> {
  readonly workflow: 'benchRun' | 'benchSweep';
  readonly slotQueue: string;
}

const WORDS: WorkWords = {
  stopping: 'stopping after the current call, then production is resumed; interrupt again to leave that to the guard …',
  terminated: '; production is resumed by its guard',
  remedy: 'Run `lauter bench resume` to go on.',
};

/**
 * Starts the work, or attaches to what does the same, works on it in this process and waits for its end. An interrupt cancels it when it is ours: the
 * current call ends, production is resumed and verified, and only then does the command end. One that is not ours is only left.
 */
export function followBench<Result>(io: Io, session: EngineSession, { slotQueue, ...work }: BenchWork): Promise<FollowedWork<Result>> {
  const ownerPath = (id: string): string => benchOwnerPath(session.workspace.root, id);
  return followWork(io, session, { ...work, slotQueues: [slotQueue], ownerPath, words: WORDS });
}
