import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { BenchRunInput, BenchRunResult, BenchSweepInput } from '../../../activities/bench-contract.ts';
import { openSlot } from '../../../adapters/bench/slot.ts';
import { ownIdentity } from '../../../adapters/process-identity.ts';
import { benchStatusSchema, type BenchStatus } from '../../../schemas/bench-status.ts';
import { benchRunSettings } from '../../support/bench-settings.ts';
import { leaseSince, putMarker } from '../../support/pause-desk.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const OLDER = 'run-20260302T064000Z-0badcafe-quay22';
const NEWER = 'run-20260303T064000Z-0badcafe-quay22';
const SWEEP = 'sweep-20260304T064000Z-0badcafe-quay22';
const URL = 'http://127.0.0.1:8000/v1';

test('nothing is under way in a workspace that has measured nothing', async () => {
  expect(await statusOf(temporaryFolder())).toMatchObject({ code: 0, work: [], slots: [] });
});

test('runs and sweeps without an end are listed, the newest first, each with the command that goes on with it', async () => {
  const workspace = temporaryFolder();
  putRun(workspace, inputOf(OLDER));
  putSweep(workspace);
  const { work } = await statusOf(workspace);
  expect(work.map(({ id, kind, state, resume }) => [id, kind, state, resume])).toEqual([
    [SWEEP, 'sweep', 'unfinished', `lauter bench resume ${SWEEP} --workspace ${workspace}`],
    [OLDER, 'run', 'unfinished', `lauter bench resume ${OLDER} --workspace ${workspace}`],
  ]);
});

test('a sweep tells which of its runs are done and how far the next one is', async () => {
  const workspace = temporaryFolder();
  putSweep(workspace);
  put(workspace, `runs/${SWEEP}-1/result.json`, resultOf(`${SWEEP}-1`, null));
  put(workspace, `runs/${SWEEP}-2/plan.json`, { main_calls: 4, self_consistency_calls: 2, warmup_calls: 3 });
  for (const key of ['aa', 'ab']) put(workspace, `runs/${SWEEP}-2/calls/${key}/${key}.json`, {});
  expect((await statusOf(workspace)).work).toMatchObject([
    { runs_done: 1, runs: 3, run_id: `${SWEEP}-2`, calls_done: 2, calls: 9, models: ['harbor-8b'] },
  ]);
});

test.each([
  ['cancelled', [OLDER]],
  ['deadline', [OLDER]],
  ['preflight_aborted', [OLDER]],
  ['dry_run', []],
  [null, []],
] as const)('a run that ended with reason %s', async (reason, left) => {
  const workspace = temporaryFolder();
  putRun(workspace, inputOf(OLDER), resultOf(OLDER, reason));
  expect((await statusOf(workspace)).work.map(({ id }) => id)).toEqual(left);
});

test('a sweep that came to a verdict is over, and so is one that an inconclusive run has ended', async () => {
  const workspace = temporaryFolder();
  putSweep(workspace);
  put(workspace, `sweeps/${SWEEP}/result.json`, { overall: null, detail: 'cancelled' });
  expect((await statusOf(workspace)).work).toMatchObject([{ id: SWEEP, why: 'cancelled' }]);
  put(workspace, `runs/${SWEEP}-1/result.json`, resultOf(`${SWEEP}-1`, null, 'INCONCLUSIVE'));
  expect((await statusOf(workspace)).work).toEqual([]);
  const other = temporaryFolder();
  putSweep(other);
  put(other, `sweeps/${SWEEP}/result.json`, { overall: 'FAIL', detail: '' });
  expect((await statusOf(other)).work).toEqual([]);
});

test('work whose command lives is running, and so is work in the slot that shows signs of life', async () => {
  const workspace = temporaryFolder();
  putRun(workspace, inputOf(OLDER));
  putRun(workspace, inputOf(NEWER));
  put(workspace, `owners/${OLDER}.json`, ownIdentity());
  const slot = openSlot(workspace, URL);
  expect(await slot.take(NEWER)).toMatchObject({ taken: true });
  const { work, slots } = await statusOf(workspace);
  expect(work.map(({ id, state, resume }) => [id, state, resume])).toEqual([
    [NEWER, 'running', null],
    [OLDER, 'running', null],
  ]);
  expect(slots).toMatchObject([{ url: URL, owner: NEWER, token: 1 }]);
  await slot.free(NEWER);
  put(workspace, `owners/${OLDER}.json`, { ...ownIdentity(), started: 'long.ago' });
  const later = await statusOf(workspace);
  expect([later.slots, later.work.map(({ state }) => state)]).toEqual([[], ['unfinished', 'unfinished']]);
});

test('a replay that calls a server is named, for people and in JSON', async () => {
  const workspace = temporaryFolder();
  const entry = await openSlot(workspace, URL).enter({ owner: 'queue-tern-7', mostMs: 60_000 });
  const { guests, slots } = await statusOf(workspace);
  expect([slots, guests]).toEqual([[], [expect.objectContaining({ url: URL, owner: 'queue-tern-7', pid: process.pid })]]);
  const { out } = await runCli(['bench', 'status', '--workspace', workspace], workspace);
  expect(out).toMatch(new RegExp(`replay       ${URL}, called by queue-tern-7 since 2\\S+Z, process ${process.pid} on `));
  if (entry.isIn) entry.leave();
  expect((await statusOf(workspace)).guests).toEqual([]);
});

test('a torn document hides neither the alarm of a pause nor itself', async () => {
  const workspace = temporaryFolder();
  putMarker(workspace, leaseSince(200));
  mkdirSync(join(workspace, 'lake', 'bench', 'sweeps', SWEEP), { recursive: true });
  writeFileSync(join(workspace, 'lake', 'bench', 'sweeps', SWEEP, 'input.json'), '{"sweep_id":');
  const { code, alarms, warnings } = await statusOf(workspace);
  expect([code, alarms.map(({ alarm }) => alarm)]).toEqual([1, ['ttl_expired']]);
  expect(warnings.join('\n')).toContain('found a torn one');
});

test('for people', async () => {
  const workspace = temporaryFolder();
  putRun(workspace, inputOf(OLDER), resultOf(OLDER, 'deadline'));
  const { out } = await runCli(['bench', 'status', '--workspace', workspace], workspace);
  expect(out).toContain(`unfinished   ${OLDER}: harbor-8b, 0 of 1 run done`);
  expect(out).toContain('stopped: the pause had to end');
  expect(out).toContain(`\`lauter bench resume ${OLDER} --workspace ${workspace}\` goes on with it`);
});

async function statusOf(workspace: string): Promise<BenchStatus & { readonly code: number }> {
  const { code, out } = await runCli(['bench', 'status', '--workspace', workspace, '--json'], workspace);
  return { code, ...benchStatusSchema.parse(JSON.parse(out)) };
}

function put(workspace: string, name: string, value: object): void {
  const path = join(workspace, 'lake', 'bench', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value));
}

function putRun(workspace: string, input: BenchRunInput, result?: BenchRunResult): void {
  put(workspace, `runs/${input.run_id}/input.json`, input);
  if (result !== undefined) put(workspace, `runs/${input.run_id}/result.json`, result);
}

function putSweep(workspace: string): void {
  const runs = [1, 2, 3].map((index) => ({ ...inputOf(`${SWEEP}-${index}`), sweep: { id: SWEEP, index, of: 3 } }));
  const budgets = { mrr: 0.02, hit_at_1: 0.02, judge_mean: 0.1 };
  put(workspace, `sweeps/${SWEEP}/input.json`, {
    sweep_id: SWEEP,
    workflow_id: 'bt29-1',
    runs,
    budgets,
    out: null,
  } satisfies BenchSweepInput);
}

function inputOf(run_id: string): BenchRunInput {
  return {
    run_id,
    owner: run_id,
    started_at: '2026-03-02T06:40:00.000Z',
    sweep: null,
    models: ['harbor-8b'],
    settings: benchRunSettings({ base_url: URL }),
    out: null,
    guard_id: null,
    slot_queue: 'slot',
    config_hash: 'f'.repeat(64),
    code: { version: '0.1.0', commit: null, is_dirty: null },
  };
}

function resultOf(run_id: string, reason: BenchRunResult['reason'], verdict: 'PASS' | 'INCONCLUSIVE' = 'PASS'): BenchRunResult {
  return {
    run_id,
    reason,
    verdicts: reason === null ? { 'harbor-8b': verdict } : {},
    exit_code: reason === null ? 0 : 2,
    run_file: '',
    ...(reason === null ? {} : { detail: 'the pause had to end' }),
  };
}
