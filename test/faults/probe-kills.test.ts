import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { budgetRowSchema } from '../../schemas/budget-row.ts';
import { until, withClient } from '../support/engine-client.ts';
import { startLauter, startWorker } from '../support/lauter-command.ts';
import { makeProbeScene, type ProbeScene } from '../support/probe-scene.ts';

const QUESTIONS = 6;
const CAP_USD = 1;
/** Of both workers' threads: what a kill may have asked for and not kept. */
const IN_FLIGHT = 4;

let scene: ProbeScene;
beforeAll(async () => {
  scene = await makeProbeScene({
    nightly: { max_usd: CAP_USD },
    questions: QUESTIONS,
    readerFaults: [{ path: 'chat', from: 1, does: { kind: 'wait', ms: 200 } }],
  });
  expect((await scene.lauter('server', 'start')).code).toBe(0);
});
afterAll(() => scene.close());

test('a scheduled probe whose worker is killed while answers are read, and again while they are judged, goes on and leaves one row', async () => {
  expect((await scene.lauter('schedule', 'apply')).code).toBe(1);
  const first = await startWorker(scene.workspace);
  expect((await scene.lauter('schedule', 'trigger', 'nightly')).code).toBe(0);
  await until(
    () => scene.reader.seen.length,
    (calls) => calls >= 2,
  );
  await first.kill();
  expect(scene.rows()).toEqual([]);
  const second = await startWorker(scene.workspace);
  await until(
    () => scene.judges.seen.length,
    (calls) => calls >= 2,
  );
  await second.kill();
  const third = await startWorker(scene.workspace);
  await until(scene.rows, (rows) => rows.length > 0);
  await nobodyRuns();
  // It would end the next test's run in place of the command that is to go on with it.
  await third.kill();
  const [row, ...more] = scene.rows();
  expect(more).toEqual([]);
  expect(row).toMatchObject({ outcome: 'pass', pass_count: QUESTIONS, questions: QUESTIONS });
  expect(row!.run_uid).toBe(`nightly-${row!.scheduled_at}-quality`);
  expect(scene.reader.seen.length).toBeLessThanOrEqual(QUESTIONS + IN_FLIGHT);
  expect(scene.judges.seen.length).toBeLessThanOrEqual(2 * QUESTIONS + IN_FLIGHT);
  expect(spentUsd()).toBeLessThanOrEqual(CAP_USD);
  // All lanes out of one budget.
  expect(new Set(budgetRows().map(({ run_id: id }) => id)).size).toBe(1);
});

test('a run by hand whose command is killed is gone on with by the same command, and leaves one row', async () => {
  const before = scene.rows().length;
  // What counts was a moment ago; a window that is over lets it begin.
  scene.configure({ max_usd: CAP_USD, window_hours: 0.000_001 });
  const asked = scene.reader.seen.length;
  const first = startLauter(['probe', 'nightly', 'run', '--workspace', scene.workspace]);
  await until(
    () => scene.reader.seen.length,
    (calls) => calls > asked,
  );
  await first.kill();
  const second = await startLauter(['probe', 'nightly', 'run', '--workspace', scene.workspace]).ended;
  expect(second.code, second.err).toBe(0);
  expect(second.err).toMatch(/was left unfinished; going on with it/);
  const rows = scene.rows().slice(before);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ outcome: 'pass', pass_count: QUESTIONS });
  expect(rows[0]!.scheduled_at).toBeUndefined();
});

function nobodyRuns(): Promise<unknown> {
  return withClient(scene.workspace, (client) =>
    until(
      async () => (await client.workflow.count("ExecutionStatus = 'Running' AND WorkflowType = 'nightlyProbe'")).count,
      (count) => count === 0,
    ),
  );
}

function budgetRows() {
  const lines = readFileSync(join(scene.workspace, 'ledger', 'budget.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1);
  return lines.map((line) => budgetRowSchema.parse(JSON.parse(line)));
}

/** Settled, or all that was set aside where nothing was settled. */
function spentUsd(): number {
  const spent = new Map(budgetRows().map(({ reservation, nano_usd: nano }) => [reservation, nano]));
  return [...spent.values()].reduce((sum, nano) => sum + nano, 0) / 1e9;
}
