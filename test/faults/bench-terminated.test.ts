import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BenchSweepInput } from '../../activities/bench-contract.ts';
import { benchRunFolder } from '../../adapters/bench/run-store.ts';
import { openBenchSweeps } from '../../adapters/bench/sweep-store.ts';
import { isPauseOver } from '../support/bench-processes.ts';
import { until, withClient } from '../support/engine-client.ts';
import { askedAgain, doubleRows, readRun, runFiles, standingOf } from '../support/sweep-facts.ts';
import { setSweepScene, SWEPT_EVENTS } from '../support/sweep-scene.ts';
import { filesBelow } from '../support/workspace-facts.ts';

const TTL_S = 5;

test('a sweep whose workflow was terminated goes on from its commit store', async () => {
  const scene = await setSweepScene(20, '--ttl', `${TTL_S}s`);
  const { harbor, production, requestLog, out } = scene;
  const { workspace } = harbor;
  try {
    const first = harbor.bench(scene.sweep);
    // In the middle of the main pass of the second run.
    await until(
      () => !first.isRunning() || finishedCalls(workspace, 1) >= SWEPT_EVENTS / 2,
      (isTime) => isTime,
    );
    const [r1 = ''] = runFiles(out);
    const finished = readFileSync(r1, 'utf8');
    await terminateSweep(workspace);
    const left = await first.ended;
    expect(left.code, left.err).not.toBe(0);
    expect(left.err).toContain('lauter bench resume');
    await until(
      () => isPauseOver(workspace, production),
      (isOver) => isOver,
    );
    const standing = standingOf(workspace, requestLog);
    const { code, out: told, err } = await harbor.bench(['resume', '--json']).ended;
    expect(code, err).toBe(0);
    expect(JSON.parse(told)).toMatchObject({ overall: 'PASS', ledger_seq: 1 });
    expect(readFileSync(r1, 'utf8')).toBe(finished);
    expect(askedAgain(requestLog, standing)).toEqual([]);
    expect(runFiles(out).flatMap(doubleRows)).toEqual([]);
    const [, second, third] = runFiles(out).map((path) => readRun(path));
    expect(second?.end.interruptions.map(({ kind }) => kind)).toContain('resumed');
    const reused = second?.attempts.filter((attempt) => attempt.reused).map(({ idempotency_key: key }) => key) ?? [];
    expect(reused.length).toBeGreaterThanOrEqual(SWEPT_EVENTS / 2);
    expect(reused.every((key) => standing.committed.has(key))).toBe(true);
    expect(third?.end.interruptions).toEqual([]);
    expect(third?.attempts.some((attempt) => attempt.reused)).toBe(false);
    expect(await harbor.ledger()).toHaveLength(1);
  } finally {
    await scene.close();
  }
});

/** Finished calls of a run of the sweep of a workspace. */
function finishedCalls(workspace: string, index: number): number {
  const sweeps = openBenchSweeps(workspace);
  const sweep = sweeps.readInput(sweeps.list()[0] ?? '') as BenchSweepInput | undefined;
  const run = sweep?.runs[index];
  return run === undefined ? 0 : filesBelow(join(benchRunFolder(workspace, run.run_id), 'calls')).length;
}

async function terminateSweep(workspace: string): Promise<void> {
  await withClient(workspace, async (client) => {
    for await (const { workflowId } of client.workflow.list({ query: "WorkflowType = 'benchSweep' AND ExecutionStatus = 'Running'" }))
      await client.workflow.getHandle(workflowId).terminate('the harbor closes for the night');
  });
}
