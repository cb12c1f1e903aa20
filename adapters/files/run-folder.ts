import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunFolder } from '../../activities/ports.ts';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import { writeJsonAtomically } from '../atomic-write.ts';

/** The documents of runs below `<lake>/runs`. */
export function openRunFolder(lakeRoot: string): RunFolder {
  const root = join(lakeRoot, 'runs');
  const pathOf = (runId: string, name: string): string => join(root, runId, `${name}.json`);
  return {
    write: (runId, name, value) => writeJsonAtomically(pathOf(runId, name), value),
    read: <Value>(runId: string, name: string) => readJson<Value>(pathOf(runId, name)),
    has: (runId, name) => existsSync(pathOf(runId, name)),
    list: () => (existsSync(root) ? readdirSync(root).sort().reverse() : []),
  };
}

function readJson<Value>(path: string): Value {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Value;
  } catch (error) {
    throw new LakeCorruptError(
      `reading ${path}: expected a whole JSON document, found ${String(error)}.`,
      'Run the same command again; if it stays, remove the folder of that run.',
      {},
      error,
    );
  }
}
