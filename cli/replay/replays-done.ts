import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkStore } from '../../adapters/work-store.ts';

/** Tasks of a queue that stand in the log. */
export function replaysDone(store: Pick<WorkStore, 'folder'>, runId: string): number {
  const logged = join(store.folder(runId), 'logged');
  return existsSync(logged) ? readdirSync(logged).filter((name) => /^\d+\.json$/.test(name)).length : 0;
}
