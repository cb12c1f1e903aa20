import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically, writeJsonAtomically } from '../atomic-write.ts';
import { sha256 } from '../digest.ts';
import { readDocument } from '../read-document.ts';

/**
 * What runs of LongMemEval have done so far, below `lake/eval/longmemeval/<run id>`: documents, lists of lines, and in `calls/` each call of a model that
 * was answered. Each is there whole or not at all.
 */
export interface LongMemEvalStore {
  folder(runId: string): string;
  list(): string[];
  has(runId: string, name: string): boolean;
  /** LakeCorruptError when the document is missing or torn. */
  read<Value>(runId: string, name: string): Value;
  write(runId: string, name: string, value: unknown): void;
  readLines(runId: string, name: string): string[];
  writeLines(runId: string, name: string, lines: readonly string[]): void;
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
  const root = join(workspace, 'lake', 'eval', 'longmemeval');
  const folder = (runId: string): string => join(root, runId);
  const list = (): string[] => (existsSync(root) ? readdirSync(root).sort().reverse() : []);
  const document = (runId: string, name: string): string => join(folder(runId), `${name}.json`);
  const owner = (path: string): string => join(workspace, 'lake', 'eval', 'outputs', `${sha256(path)}.json`);
  const lines = (runId: string, name: string): string => join(folder(runId), `${name}.jsonl`);
  return {
    folder,
    list,
    has: (runId, name) => existsSync(document(runId, name)) || existsSync(lines(runId, name)),
    read: <Value>(runId: string, name: string) => readDocument(document(runId, name)) as Value,
    write: (runId, name, value) => writeJsonAtomically(document(runId, name), value),
    readLines: (runId, name) => readFileSync(lines(runId, name), 'utf8').split('\n').slice(0, -1),
    writeLines: (runId, name, all) => writeFileAtomically(lines(runId, name), all.map((line) => `${line}\n`).join('')),
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
