import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RagRow } from '../../schemas/export-rows.ts';
import { replayRunSchema, type ReplayRun } from '../../schemas/replay-run.ts';
import { makePlaybooks } from '../support/harbor-playbooks.ts';
import { refine } from '../support/refine.ts';
import { runCli } from '../support/run-cli.ts';
import { removeFolder } from '../support/temporary-folder.ts';

let root: string;
beforeAll(async () => {
  root = await makePlaybooks();
});
afterAll(() => removeFolder(root));

async function replay(task: string, ...args: string[]): Promise<ReplayRun> {
  const { out, err } = await runCli(['replay', '--task', task, '--json', '--workspace', 'refinery', ...args], root);
  if (out === '') throw new Error(err);
  return replayRunSchema.parse(JSON.parse(out));
}

function playbooks(): RagRow[] {
  const text = readFileSync(join(root, 'refinery', 'exports', 'latest', 'rag', 'playbooks.jsonl'), 'utf8');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as RagRow);
}

/** Feeds the log back beside the traces. */
async function refineWithLog(now: string): Promise<void> {
  copyFileSync(join(root, 'refinery', 'ledger', 'replay_runs.jsonl'), join(root, 'traces', 'replay_runs.jsonl'));
  await refine(join(root, 'refinery'), ['traces'], root, { now });
}

test('what the gate let through comes back as partly accepted, what it refused does not, and what was fed back twice never does', async () => {
  const passed = await replay('Who lights the lamp, which berth has the ferry, and what is verified at the north lock?');
  const refused = await replay('How is the north lock opened at night?', '--no-retrieval');
  expect([passed, refused].map(({ gate, generation }) => [gate.passed, generation])).toEqual([
    [true, 1],
    [false, 1],
  ]);

  await refineWithLog('2026-03-03T08:15:00Z');
  const fedBack = playbooks().filter(({ tags }) => tags[0] === 'replay-log');
  expect(fedBack.map(({ title, category, warning }) => [title, category, warning])).toEqual([[passed.task, 'partially_accepted', true]]);

  // Its own playbook is now the one most like the task: the run that rests on it is one deeper.
  const deeper = await replay(passed.task);
  expect(deeper.bundle.warnings.map(({ id, generation }) => [id, generation])).toContainEqual([fedBack[0]!.id, 1]);
  expect(deeper.generation).toBe(2);

  await refineWithLog('2026-03-04T08:15:00Z');
  const left = readFileSync(join(root, 'refinery', 'exports', 'latest', 'quarantine', 'rag.jsonl'), 'utf8');
  expect(left).toContain('"reason":"replay_generation"');
  expect(playbooks().filter(({ tags }) => tags[0] === 'replay-log')).toHaveLength(1);
});
