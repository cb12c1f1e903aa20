import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { replayLogs } from '../../adapters/files/replay-log.ts';
import { replayRunSchema, type ReplayRun } from '../../schemas/replay-run.ts';
import { REPLAY_FIXTURES } from '../schemas/replay-fixtures.ts';
import { makeFolder } from './temporary-folder.ts';

/** A lawful run of the lock keeper with this id, and what is said of it. */
export function replayRun(id: string, more: object = {}): ReplayRun {
  return replayRunSchema.parse({ ...(REPLAY_FIXTURES.replayRunSchema!.accepts[0] as object), run_id: id, ...more });
}

/** A new workspace whose log of replays has these lines: rows, or text as it is. */
export function makeReplayWorkspace(lines: readonly (ReplayRun | string)[]): string {
  const root = makeFolder({});
  openWorkspace(root, '1.0.0').close();
  writeReplayLog(root, lines);
  return root;
}

/** Writes the log of replays of a workspace anew. */
export function writeReplayLog(root: string, lines: readonly (ReplayRun | string)[]): void {
  mkdirSync(join(root, 'ledger'), { recursive: true });
  writeFileSync(replayLogPath(root), lines.map((line) => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`)).join(''));
}

/** The log that grows. */
export function replayLogPath(root: string): string {
  return join(root, 'ledger', 'replay_runs.jsonl');
}

/** What it holds. */
export function replayLogText(root: string): string {
  return readFileSync(replayLogPath(root), 'utf8');
}

/** Ids of all runs that readers of the log see, archives first, each as often as it is seen. */
export async function loggedIds(root: string): Promise<string[]> {
  const ids: string[] = [];
  for (const { lines } of replayLogs(root))
    for await (const { text, isEnded } of lines()) if (isEnded) ids.push((JSON.parse(text) as ReplayRun).run_id);
  return ids;
}
