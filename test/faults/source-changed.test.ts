import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { until } from '../support/engine-client.ts';
import { startLauter } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { chatLines, fileOf, writeDesks } from '../support/trace-corpus.ts';
import { filesBelow, runStates } from '../support/workspace-facts.ts';

const DESKS = 8;

let space: TestSpace;
let workspace: string;

beforeEach(() => {
  space = makeTestSpace();
  // One thread reads the shards one after the other, so the last desk is read long after the first.
  workspace = space.workspace({ engine: { threads: 1, heartbeat_timeout_s: 1 }, sources: writeDesks(space, DESKS, 150) });
});
afterEach(() => space.clear());

const runAll = (): string[] => ['distill', 'run-all', '--workspace', workspace, '--json'];

/** Kills a run when its plan is made, so that the world can change before it goes on. */
async function killAfterPlan(): Promise<void> {
  const command = startLauter(runAll());
  await until(
    () => filesBelow(join(workspace, 'lake', 'runs')).some((path) => path.endsWith('plan.json')),
    (isPlanned) => isPlanned,
  );
  await command.kill();
  expect(filesBelow(join(workspace, 'lake', 'entries', 'evidence')).length).toBeLessThan(DESKS);
}

test('a source that was changed after the plan ends the run with code 2, and the same command plans anew', async () => {
  await killAfterPlan();
  const desk = join(space.root, 'traces', 'desk-08.jsonl');
  writeFileSync(desk, readFileSync(desk, 'utf8').replace('"role":"assistant","content":"', '"role":"assistant","content":"Well, '));
  const { code, out, err } = await startLauter(runAll()).ended;
  expect(code, err).toBe(2);
  expect(out).toBe('');
  expect(err).toMatch(/^reading \S*traces\/desk-08\.jsonl, bytes 0 to \d+: expected the content the run was planned with/m);
  expect(err).toContain('Run the same command again: it plans anew and reuses every finished shard.');
  expect(runStates(workspace).map(({ state }) => state)).toEqual(['failed']);

  const again = await startLauter(runAll()).ended;
  expect(again.code, again.err).toBe(0);
  const summary = JSON.parse(again.out) as RunSummary;
  expect(summary.resumed).toBe(false);
  expect(summary.stages[0]?.shards_reused).toBeGreaterThan(0);
  expect(summary.stages[0]?.shards_reused).toBeLessThan(DESKS);
  expect(runStates(workspace).map(({ state }) => state)).toEqual(['failed', 'accepted']);
});

test('a source that only grew is read as far as it was planned; the next run reads the rest', async () => {
  await killAfterPlan();
  appendFileSync(join(space.root, 'traces', 'desk-08.jsonl'), fileOf(chatLines(5, 9_000)));
  const first = await startLauter(runAll()).ended;
  expect(first.code, first.err).toBe(0);
  expect(recordsOf(first.out)).toBe(DESKS * 150);
  const second = await startLauter(runAll()).ended;
  expect(second.code, second.err).toBe(0);
  expect(recordsOf(second.out)).toBe(DESKS * 150 + 5);
  expect((JSON.parse(second.out) as RunSummary).stages[0]).toMatchObject({ shards: DESKS, shards_reused: DESKS - 1 });
});

function recordsOf(out: string): number {
  return (JSON.parse(out) as RunSummary).sources.reduce((sum, { records }) => sum + records, 0);
}
