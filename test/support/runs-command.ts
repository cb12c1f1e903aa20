import { expect } from 'vitest';
import { runShowSchema, type RunShow } from '../../schemas/run-show.ts';
import type { RunView } from '../../schemas/run-view.ts';
import { runsListSchema } from '../../schemas/runs-list.ts';
import { startLauter, type Ended } from './lauter-command.ts';

/** Runs `lauter runs <args>` to its end. */
export function runs(workspace: string, ...args: string[]): Promise<Ended> {
  return startLauter(['runs', ...args, '--workspace', workspace]).ended;
}

/** What `lauter runs list` prints; its document is as its schema says. */
export async function listed(workspace: string): Promise<RunView[]> {
  const { code, out, err } = await runs(workspace, 'list', '--json');
  expect(code, err).toBe(0);
  return runsListSchema.parse(JSON.parse(out)).runs;
}

/** What `lauter runs show` prints; its document is as its schema says. */
export async function shown(workspace: string, id: string): Promise<RunShow> {
  const { code, out, err } = await runs(workspace, 'show', id, '--json');
  expect(code, err).toBe(0);
  return runShowSchema.parse(JSON.parse(out));
}
