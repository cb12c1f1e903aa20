import { join } from 'node:path';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { acquireLock } from '../../adapters/lock-file.ts';
import { VERSION } from '../version.ts';

/** Joins the workspace, and lets nobody else change its corpora meanwhile. */
export async function withCorpora<Result>(root: string, work: () => Promise<Result>): Promise<Result> {
  const workspace = openWorkspace(root, VERSION);
  try {
    const lock = acquireLock(join(root, 'locks', 'bench-corpora.lock'), { version: VERSION });
    try {
      return await work();
    } finally {
      lock.release();
    }
  } finally {
    workspace.close();
  }
}
