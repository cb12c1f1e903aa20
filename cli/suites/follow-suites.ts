import type { SuitesRunDocument } from '../../activities/suites/run-document.ts';
import type { SuitesResult, SuitesRun } from '../../activities/suites-contract.ts';
import type { SuiteStore } from '../../adapters/suites/suite-store.ts';
import type { Config } from '../../schemas/config.ts';
import type { EngineSession } from '../engine-session.ts';
import { followWork, type WorkWords } from '../follow-work.ts';
import type { Io } from '../io.ts';
import { RunFailed } from '../run-failed.ts';
import { evalOwnerPath } from '../run-owner.ts';
import { suitesProgress } from './suites-progress.ts';

const WORDS: WorkWords = {
  stopping: 'stopping after the questions at hand; interrupt again to end at once …',
  terminated: '',
  remedy: 'What was asked is kept: run the same command again to go on.',
};

/** Does the work of a run, or joins who does it already. Null when this command does not see its end. */
export async function followSuites(
  io: Io,
  session: EngineSession,
  store: SuiteStore,
  document: SuitesRunDocument,
  { parallel, engine }: { readonly parallel: number; readonly engine: Config['engine'] },
): Promise<SuitesResult | null> {
  const { root } = session.workspace;
  const input: SuitesRun = {
    run_id: document.run_id,
    cells: document.cells.map(({ suite, mode, run_uid }) => ({ suite, mode, run_uid })),
    parallel,
    heartbeat_timeout_ms: engine.heartbeat_timeout_s * 1000,
  };
  try {
    const followed = await followWork<SuitesResult>(io, session, {
      workflow: 'evalRunAll',
      workflowId: `eval-run-all-${document.identity.slice(0, 12)}`,
      id: document.run_id,
      input,
      slotQueues: [],
      giveUpAfterMs: engine.give_up_after_s * 1000,
      ownerPath: (id) => evalOwnerPath(root, id),
      // Before the first activity can look for it.
      beforeStart: () => {
        store.writeRun(document.run_id, document);
        store.markUnfinished(document.identity, document.run_id);
      },
      onStarted: () => undefined,
      progress: (id) => suitesProgress(root, store, id),
      words: WORDS,
    });
    if (followed.ended === 'finished') return followed.result;
    io.err(`detached; ${followed.id} goes on.`);
  } catch (error) {
    if (!(error instanceof RunFailed) || error.type !== 'Cancelled') throw error;
    io.err(`${error.message}\n${error.remedy}`);
  }
  return null;
}
