import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeJsonAtomically } from '../atomic-write.ts';
import { sha256 } from '../digest.ts';
import { readDocument } from '../read-document.ts';
import { openWorkStore, type WorkStore } from '../work-store.ts';

/** What runs of LongMemEval have done so far: documents, lists of lines, and in `calls/` each call of a model that was answered. */
export interface LongMemEvalStore extends WorkStore {
  /** Makes a run the one that writes a file. */
  takeOutput(path: string, runId: string): void;
  isOutputOf(path: string, runId: string): boolean;
  /** Runs that hold calls which were paid for. */
  runsWithCalls(): string[];
  /** Removes what nobody needs once a run has ended: the copy of the dataset, the batches, and the calls unless they may serve again. */
  tidy(runId: string, keeps: { readonly calls: boolean }): void;
}

/** Name of the unpacked dataset in a run's folder. */
export const UNPACKED_NAME = 'dataset';

/** The runs of a workspace. */
export function openLongMemEvalStore(workspace: string): LongMemEvalStore {
  const store = openWorkStore(workspace, 'longmemeval');
  const { folder, list } = store;
  const owner = (path: string): string => join(workspace, 'lake', 'eval', 'outputs', `${sha256(path)}.json`);
  return {
    ...store,
    takeOutput: (path, runId) => writeJsonAtomically(owner(path), { path, run_id: runId }),
    isOutputOf: (path, runId) => (readDocument(owner(path)) as { run_id: string }).run_id === runId,
    runsWithCalls: () => list().filter((runId) => existsSync(join(folder(runId), 'calls'))),
    tidy: (runId, { calls }) => {
      rmSync(join(folder(runId), UNPACKED_NAME), { force: true });
      if (!calls) rmSync(join(folder(runId), 'calls'), { recursive: true, force: true });
      for (const name of readdirSync(folder(runId))) if (/^(?:batch-\d+|kept)\.jsonl$/.test(name)) rmSync(join(folder(runId), name));
    },
  };
}
