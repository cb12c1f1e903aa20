import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DIST, startLauter, startNode, type LauterCommand } from './lauter-command.ts';

/** Starts a worker of a workspace in a process of its own, and returns when it is ready for work. */
export async function startExtraWorker(workspace: string): Promise<LauterCommand> {
  const worker = existsSync(`${DIST}/cli/commands/worker.js`)
    ? startLauter(['worker', '--workspace', workspace])
    : startNode([fileURLToPath(new URL('worker-program.mjs', import.meta.url)), DIST, workspace]);
  await worker.hear(/work/);
  return worker;
}
