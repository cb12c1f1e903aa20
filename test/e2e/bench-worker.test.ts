import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BenchRunResult } from '../../activities/bench-contract.ts';
import { openBenchRuns } from '../../adapters/bench/run-store.ts';
import type { ModelSummary } from '../../schemas/bench-model-summary.ts';
import { benchStatusSchema, type BenchStatus } from '../../schemas/bench-status.ts';
import { makeBenchHarbor, readRecords, runOf, SERVED, type BenchHarbor } from '../support/bench-harbor.ts';
import { until } from '../support/engine-client.ts';
import { startWorker } from '../support/lauter-command.ts';
import { startModelServer, type ModelServer } from '../support/model-server/model-server.ts';

let server: ModelServer;
let harbor: BenchHarbor;

beforeAll(async () => {
  // The tenth call of a model never ends by itself.
  server = await startModelServer({ models: SERVED, faults: [{ path: 'chat', from: 10, to: 10, does: { kind: 'hang' } }] });
  harbor = await makeBenchHarbor({ events: 20, config: { bench: { base_url: server.url } } });
  await harbor.startEngine();
});
afterAll(async () => {
  await harbor.clear();
  await server.close();
});

test('status shows a run that is measured; when its command is killed, `lauter worker` brings it to its end', async () => {
  expect(await statusOf()).toMatchObject({ work: [], slots: [] });
  const command = harbor.bench(runOf(server, null));
  await until(
    () => server.seen.filter(({ path }) => path === 'chat').length,
    (calls) => calls === 10,
  );
  const { work, slots } = await statusOf();
  const [run] = work;
  expect(work).toMatchObject([{ kind: 'run', state: 'running', runs: 1, runs_done: 0, calls_done: 9, calls: 48, resume: null }]);
  expect(slots).toMatchObject([{ url: server.url, owner: run!.id }]);

  await command.kill();
  const worker = await startWorker(harbor.workspace);
  const runs = openBenchRuns(harbor.workspace);
  await until(
    () => runs.has(run!.id, 'result'),
    (hasEnded) => hasEnded,
  );
  const { exit_code, run_file } = runs.read<BenchRunResult>(run!.id, 'result');
  const summary = readRecords(run_file).find((record): record is ModelSummary => record.record_type === 'model_summary');
  // The call that hung belonged to a process that is gone.
  expect([exit_code, summary?.verdict, summary?.repeated_calls]).toEqual([0, 'PASS', 1]);
  await until(statusOf, (status) => status.slots.length === 0);
  expect((await statusOf()).work).toEqual([]);
  worker.signal('SIGTERM');
  expect((await worker.ended).code).toBe(0);
});

async function statusOf(): Promise<BenchStatus> {
  const { out } = await harbor.benchHere('status', '--json');
  return benchStatusSchema.parse(JSON.parse(out));
}
