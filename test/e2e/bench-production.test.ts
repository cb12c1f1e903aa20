import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BenchRunResult } from '../../activities/bench-contract.ts';
import type { BenchStatus } from '../../schemas/bench-status.ts';
import type { ModelSummary } from '../../schemas/bench-model-summary.ts';
import type { RunEnd } from '../../schemas/bench-run-file.ts';
import { CANDIDATE, chatCalls, makeBenchHarbor, runOf, type BenchHarbor, type HarborSettings } from '../support/bench-harbor.ts';
import { until } from '../support/engine-client.ts';
import type { Ended } from '../support/lauter-command.ts';
import type { ProductionServer } from '../support/production-server/production-server.ts';
import { temporariesIn } from '../support/workspace-facts.ts';

/** Each test has a workspace and a production of its own; one Temporal server does for all of them. */
let engine: BenchHarbor;
let settings: HarborSettings;
const harbors: BenchHarbor[] = [];

beforeAll(async () => {
  engine = await makeBenchHarbor();
  settings = { events: 20, engine: await engine.startEngine() };
});
afterAll(async () => {
  for (const harbor of [...harbors, engine]) await harbor.clear();
});

async function makeHarbor(): Promise<BenchHarbor> {
  const harbor = await makeBenchHarbor(settings);
  harbors.push(harbor);
  return harbor;
}

const resultOf = ({ out, err }: Ended): BenchRunResult => {
  expect(out, err).not.toBe('');
  return JSON.parse(out) as BenchRunResult;
};
const endOf = (harbor: BenchHarbor, ended: Ended): RunEnd => harbor.records(resultOf(ended).run_id).at(-1) as RunEnd;
const markerOf = ({ workspace }: BenchHarbor): string => join(workspace, 'locks', 'pause-lease.json');
const statusOf = async (harbor: BenchHarbor): Promise<BenchStatus> =>
  JSON.parse((await harbor.benchHere('status', '--json')).out) as BenchStatus;

/** Slow enough that a run lasts over two looks at production. */
const SLOW = { faults: [{ path: 'chat' as const, from: 1, does: { kind: 'wait' as const, ms: 400 } }] };

describe.concurrent('production', () => {
  test('answers 500 to pause: nothing is measured, nothing stays behind, 2', async () => {
    const harbor = await makeHarbor();
    const [server, production] = [await harbor.serve(), await harbor.production()];
    production.faults.pause = 500;
    const ended = await harbor.bench(runOf(server, production)).ended;
    expect(ended.code, ended.err).toBe(2);
    expect(resultOf(ended)).toMatchObject({ reason: 'pause_failed', verdicts: {}, exit_code: 2 });
    expect(endOf(harbor, ended)).toMatchObject({ reason: 'pause_failed', prod_brain_resumed_ok: true });
    expect(chatCalls(server)).toBe(0);
    expect(production.count('pause')).toBeGreaterThan(0);
    expect(production.count('resume')).toBeGreaterThan(0);
    expect(production.state.isPaused).toBe(false);
    expect(existsSync(markerOf(harbor))).toBe(false);
    expect(temporariesIn(harbor.workspace)).toEqual([]);
  });

  test.each([
    ['restarts', (production: ProductionServer) => production.state.restart()],
    ['forgets its pause', (production: ProductionServer) => void production.state.resume()],
  ])('%s in the middle: prod_restart, 1, and it runs', async (_, disturb) => {
    const harbor = await makeHarbor();
    const [server, production] = [await harbor.serve(SLOW), await harbor.production()];
    const command = harbor.bench(runOf(server, production));
    await until(
      () => chatCalls(server),
      (calls) => calls > 5,
    );
    disturb(production);
    const ended = await command.ended;
    expect(ended.code, ended.err).toBe(1);
    expect(resultOf(ended)).toMatchObject({ reason: null, verdicts: { [CANDIDATE]: 'FAIL' } });
    const summary = harbor.records(resultOf(ended).run_id).find((record): record is ModelSummary => record.record_type === 'model_summary');
    expect(summary).toMatchObject({ prod_brain_restarted_during_bench: true, verdict: 'FAIL' });
    expect(summary?.tier0_verdict.failed_gates).toContain('prod_restart');
    expect(endOf(harbor, ended)).toMatchObject({ models_with_prod_restart_event: [CANDIDATE], prod_brain_resumed_ok: true });
    expect(production.state.isPaused).toBe(false);
    expect(existsSync(markerOf(harbor))).toBe(false);
    // It stopped early: 3, 20 and 25 calls would have been made.
    expect(chatCalls(server)).toBeLessThan(48);
  });

  test('answers 500 to resume for a while: an alarm until it is verified, then 0', async () => {
    const harbor = await makeHarbor();
    const [server, production] = [await harbor.serve(), await harbor.production()];
    production.faults.resume = 500;
    const command = harbor.bench(runOf(server, production));
    await production.until(({ count }) => count('resume') > 1);
    expect(
      await until(
        async () => (await statusOf(harbor)).lease?.state,
        (state) => state === 'resume_pending',
      ),
    ).toBe('resume_pending');
    expect((await harbor.benchHere('status')).code).toBe(1);
    expect(production.state.isPaused).toBe(true);
    expect(command.isRunning()).toBe(true);
    delete production.faults.resume;
    const ended = await command.ended;
    expect(ended.code, ended.err).toBe(0);
    expect(endOf(harbor, ended)).toMatchObject({ reason: null, prod_brain_resumed_ok: true });
    expect(production.state.isPaused).toBe(false);
    expect(existsSync(markerOf(harbor))).toBe(false);
    expect((await harbor.benchHere('status')).code).toBe(0);
  });

  test('P3, P9: a batch in flight is waited for; meanwhile nobody else gets in, and `recover` takes nothing away', async () => {
    const [harbor, neighbor] = [await makeHarbor(), await makeHarbor()];
    const [server, production] = [await harbor.serve(), await harbor.production()];
    production.state.batches = 1;
    const first = harbor.bench(runOf(server, production));
    await production.until(({ count }) => count('pause') > 1);
    const another = await harbor.serve();
    const refused = await Promise.all([harbor.bench(runOf(another, production)).ended, neighbor.bench(runOf(another, production)).ended]);
    for (const ended of refused) {
      expect(ended.code, ended.err).toBe(2);
      expect(resultOf(ended)).toMatchObject({ reason: 'preflight_aborted', detail: expect.stringContaining('prod_not_paused') as string });
    }
    const recovery = await harbor.benchHere('recover');
    expect(recovery.code, recovery.out).toBe(1);
    expect(production.state.isPaused).toBe(true);
    expect(production.count('resume')).toBe(0);
    expect(chatCalls(another)).toBe(0);
    // Nothing was measured up to here, where the batch ends.
    expect(chatCalls(server)).toBe(0);
    production.state.batches = 0;
    const ended = await first.ended;
    expect(ended.code, ended.err).toBe(0);
    expect(chatCalls(server)).toBe(3 + 20 + 25);
    expect(production.state.isPaused).toBe(false);
  });
});
