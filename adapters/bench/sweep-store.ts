import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { writeJsonAtomically } from '../atomic-write.ts';

/** What is kept of sweeps, below `lake/bench/sweeps/<sweep id>`: how each was started, its report, and how it ended. */
export interface BenchSweeps {
  /** Ids of all sweeps, the newest first. */
  list(): string[];
  folder(sweepId: string): string;
  /** Undefined when there is none of that id. */
  readInput(sweepId: string): unknown;
  writeInput(sweepId: string, input: unknown): void;
  /** Undefined while it has not ended. */
  readResult(sweepId: string): unknown;
  writeResult(sweepId: string, result: unknown): void;
}

/** The sweeps of a workspace. */
export function openBenchSweeps(workspace: string): BenchSweeps {
  const root = join(workspace, 'lake', 'bench', 'sweeps');
  const path = (sweepId: string, name: string): string => join(root, sweepId, `${name}.json`);
  return {
    list: () => (existsSync(root) ? readdirSync(root).sort().reverse() : []),
    folder: (sweepId) => join(root, sweepId),
    readInput: (sweepId) => readDocument(path(sweepId, 'input')),
    writeInput: (sweepId, input) => writeJsonAtomically(path(sweepId, 'input'), input),
    readResult: (sweepId) => readDocument(path(sweepId, 'result')),
    writeResult: (sweepId, result) => writeJsonAtomically(path(sweepId, 'result'), result),
  };
}

function readDocument(path: string): unknown {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new LakeCorruptError(
      `reading ${path}: expected a whole JSON document, found a torn one.`,
      'Remove the folder of that sweep and begin it again.',
      {},
      error,
    );
  }
}
