import { describe, expect, test } from 'vitest';
import type { ReplayArm, ReplayArmsRun } from '../../../activities/replay-arms-contract.ts';
import { endArms } from '../../../activities/replay/arms/end-arms.ts';
import type { ReplayQueueWorld } from '../../../activities/replay/queue/world.ts';
import type { ArmOutcome } from '../../../domain/replay-arms/index.ts';
import { SourceChangedError } from '../../../domain/shared/errors.ts';
import type { ReplayAb } from '../../../schemas/replay-ab.ts';
import type { ReplayStudy } from '../../../schemas/replay-study.ts';
import { answered, unanswered } from '../../domain/replay-arms/outcomes.ts';

const PLAIN = 'The keeper rings the bell at dawn, and waits until the water stands level on both sides of the gate.';
const CORPUS = { run_id: 'run-1', rows: 4, sha256: 'c'.repeat(64) };

/** A run with these arms, whose queues came to this; an arm that nothing is known of was never begun. */
function scene(kind: ReplayArmsRun['kind'], arms: readonly ReplayArm[], came: Readonly<Record<string, readonly ArmOutcome[]>>) {
  const documents = new Map<string, unknown>();
  for (const [id, outcomes] of Object.entries(came)) {
    const { corpus = null } = arms.find((arm) => arm.id === id)!;
    const tasks = outcomes.map(({ state, reasons }, at) => ({ id: `t${at + 1}`, state, reasons, replay_id: null }));
    documents.set(`night-${id}/report`, { tasks });
    for (const [at, { row }] of outcomes.entries()) if (row !== null) documents.set(`night-${id}/rows/${at}`, { ...row, corpus });
  }
  const world = {
    replay: { clock: { now: () => '2026-03-02T09:00:00.000Z' } },
    files: {
      has: (runId: string, name: string) => documents.has(`${runId}/${name}`),
      read: (runId: string, name: string) => documents.get(`${runId}/${name}`),
      write: (runId: string, name: string, value: unknown) => void documents.set(`${runId}/${name}`, value),
    },
  } as unknown as ReplayQueueWorld;
  const run = {
    run_id: 'night',
    started_at: '2026-03-02T08:00:00.000Z',
    kind,
    arms,
    queue: {
      tasks: { path: 'tasks.txt', sha256: 'd'.repeat(64) },
      choices: { retriever: 'bm25', model: 'keeper-7b', escalate_to: null, grounding: 'fail' },
    },
    corpus: CORPUS,
    seed: 7,
    estimated_usd: 0.5,
  } as unknown as ReplayArmsRun;
  const end = () => endArms(world, run);
  return { end, documents, report: <Report>(): Report => documents.get('night/report') as Report };
}

describe('an A/B', () => {
  const AB: readonly ReplayArm[] = [
    { id: 'with', choices: {}, corpus: CORPUS },
    { id: 'without', choices: { retriever: 'none' }, corpus: null },
  ];
  const [good, bad] = [answered('t1', { answer: PLAIN }), answered('t1', { answer: 'Yes.', refused: ['too_short'] })];

  test('pairs the rows of both arms, says how it was run, and ends once', async () => {
    const { end, report, documents } = scene('ab', AB, { with: [good, good], without: [bad, good] });
    expect(await end()).toEqual({ run_id: 'night', exit_code: 0 });
    expect(report<ReplayAb>()).toMatchObject({
      run_id: 'night',
      verdict: 'compared',
      retriever: 'bm25',
      corpus: CORPUS,
      tasks: { path: 'tasks.txt' },
      seed: 7,
      finished_at: '2026-03-02T09:00:00.000Z',
    });
    expect(report<ReplayAb>().paired.gate_pass.table).toEqual({ both: 1, only_with: 1, only_without: 0, neither: 0 });
    documents.delete('night-with/report');
    expect(await end()).toEqual({ run_id: 'night', exit_code: 0 });
  });

  test('whose baseline was never begun is unfinished: all of its tasks were skipped', async () => {
    const { end, report } = scene('ab', AB, { with: [good, unanswered('t2')] });
    expect(await end()).toEqual({ run_id: 'night', exit_code: 2 });
    expect(report<ReplayAb>()).toMatchObject({
      verdict: 'unfinished',
      counts: { tasks: 2, paired: 0, unanswered: { with: 1, without: 0 }, skipped_budget: { with: 0, without: 2 } },
    });
  });

  test('whose playbooks changed meanwhile is none', async () => {
    const { end, documents } = scene('ab', AB, { with: [good], without: [bad] });
    documents.set('night-with/rows/0', { ...good.row!, corpus: { ...CORPUS, rows: 5 } });
    await expect(end()).rejects.toThrow(SourceChangedError);
    documents.set('night-with/rows/0', { ...good.row!, corpus: CORPUS });
    documents.set('night-without/rows/0', { ...bad.row!, corpus: CORPUS });
    await expect(end()).rejects.toThrow(/expected no playbooks, found 4 playbooks/);
  });
});

test('a study takes arms with the same share for its repeats', async () => {
  const few = { ...CORPUS, rows: 2 };
  const arms: ReplayArm[] = [
    { id: 's1-r1', choices: { corpus_share: 0.5 }, corpus: few },
    { id: 's1-r2', choices: { corpus_share: 0.5 }, corpus: few },
    { id: 's2-r1', choices: { corpus_share: 1 }, corpus: CORPUS },
    { id: 's2-r2', choices: { corpus_share: 1 }, corpus: CORPUS },
  ];
  const [steady, other] = [answered('t1', { answer: PLAIN }), answered('t1', { answer: `${PLAIN} Then it opens.` })];
  const { end, report } = scene('study', arms, { 's1-r1': [steady], 's1-r2': [other], 's2-r1': [steady], 's2-r2': [steady] });
  expect(await end()).toEqual({ run_id: 'night', exit_code: 0 });
  const { verdict, repeats, shares } = report<ReplayStudy>();
  expect({ verdict, repeats }).toEqual({ verdict: 'measured', repeats: 2 });
  expect(shares.map(({ share, rows, tasks }) => [share, rows, tasks[0]!.exact_agreement])).toEqual([
    [0.5, 2, 0],
    [1, 4, 1],
  ]);
});
