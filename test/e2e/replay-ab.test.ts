import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkStore } from '../../adapters/work-store.ts';
import { replayAbSchema, type ReplayAb } from '../../schemas/replay-ab.ts';
import { replayStudySchema, type ReplayStudy } from '../../schemas/replay-study.ts';
import { tallyBudget } from '../support/budget-tally.ts';
import type { Ended } from '../support/lauter-command.ts';
import { startPairJudge, type HeardMessage, type PairJudge } from '../support/model-server/pair-judge.ts';
import { answerSteered, IN_GENERAL } from '../support/model-server/steered-keeper.ts';
import { CALL_USAGE, CALL_USD, loggedReplays, openReplayDesk, withoutRun, type ReplayDesk } from '../support/replay-desk.ts';

const LOCK = 'How is the north lock opened at dawn';
/** What the steered keeper makes of them is known: seven right with playbooks alone, one more by heart, one without alone, two either way, one never. */
const TASKS = [
  ...['Alma', 'Berta', 'Clara', 'Dora', 'Erna', 'Frida', 'Greta'].map((boat) => ({ id: boat, task: `${LOCK} for the ${boat}?` })),
  { id: 'heart', task: `${LOCK}, by heart` },
  { id: 'word', task: `${LOCK}, in one word` },
  { id: 'summer', task: `${LOCK} in summer, in general` },
  { id: 'winter', task: `${LOCK} in winter, in general` },
  { id: 'hurry', task: `${LOCK}, in a hurry` },
];

function abOf({ out, err }: Ended): ReplayAb {
  expect(out, err).not.toBe('');
  return replayAbSchema.parse(JSON.parse(out));
}

function studyOf({ out, err }: Ended): ReplayStudy {
  expect(out, err).not.toBe('');
  return replayStudySchema.parse(JSON.parse(out));
}

describe('a model that invents where it is given nothing', () => {
  let keeper: PairJudge;
  let desk: ReplayDesk;
  beforeAll(async () => {
    keeper = await startPairJudge(answerSteered, { usage: CALL_USAGE });
    desk = await openReplayDesk(TASKS, { 'keeper-7b': keeper.url });
  });
  afterAll(async () => {
    await desk.clear();
    await keeper.close();
  });

  test('the tables, the exact p and the same evidence are those worked out by hand, and another run comes to the same', async () => {
    const ended = await desk.start('ab', '--json', '--keep-server').ended;
    const report = abOf(ended);
    expect(ended.code, ended.err).toBe(0);
    expect(report.verdict).toBe('compared');
    expect(report.counts).toEqual({
      tasks: 12,
      paired: 12,
      unanswered: { with: 0, without: 0 },
      skipped_budget: { with: 0, without: 0 },
    });
    const asRun = { both: 2, only_with: 8, only_without: 1, neither: 1 };
    expect(report.paired.gate_pass.table).toEqual(asRun);
    expect(report.paired.wholly_grounded.table).toEqual(asRun);
    // Nine that differ, one of them against: 2 (1 + 9) of 2^9 ways.
    expect(report.paired.gate_pass.p_raw).toBeCloseTo(20 / 512, 12);
    expect(report.paired.gate_pass.delta).toBeCloseTo(7 / 12, 12);
    // What is known by heart stands in the playbooks.
    expect(report.same_evidence.paired.gate_pass.table).toEqual({ both: 3, only_with: 7, only_without: 1, neither: 1 });
    expect(report.same_evidence.paired.gate_pass.p_raw).toBeCloseTo(18 / 256, 12);
    // Only where both answers name something: all of it with playbooks, none without.
    expect(report.paired.grounding_rate).toMatchObject({ n: 8, left_out: 4, mean_b: 1, mean_a: 0, delta: 1 });
    expect(report.arms.with.gate_pass).toMatchObject({ hit: 10, total: 12 });
    expect(report.arms.without.gate_pass).toMatchObject({ hit: 3, total: 12 });
    expect(report.cost_usd).toBeCloseTo(24 * CALL_USD, 9);
    expect(keeper.heard).toHaveLength(24);
    expect(loggedReplays(desk.workspace).map(({ run_id: id }) => id)).toEqual(
      expect.arrayContaining(TASKS.flatMap((_, at) => ['with', 'without'].map((arm) => `${report.run_id}-${arm}-${at + 1}`))),
    );
    expect(loggedReplays(desk.workspace)).toHaveLength(24);

    const again = abOf(await desk.start('ab', '--json', '--keep-server').ended);
    expect(again.run_id).not.toBe(report.run_id);
    expect(keeper.heard).toHaveLength(48);
    expect(withoutRun(again)).toEqual(withoutRun(report));
  });
});

test('extractive/1 quotes with playbooks and has nothing to say without, twice the same', async () => {
  const tasks = TASKS.slice(0, 6).map(({ id }) => ({ id, task: `${LOCK} for the ${id}, and what is verified?` }));
  const desk = await openReplayDesk(tasks);
  try {
    const first = await desk.start('ab', '--json', '--keep-server').ended;
    const report = abOf(first);
    expect(first.code, first.err).toBe(0);
    expect(report.paired.gate_pass.table).toEqual({ both: 0, only_with: 6, only_without: 0, neither: 0 });
    expect(report.paired.gate_pass.p_raw).toBeCloseTo(2 / 2 ** 6, 12);
    expect(report.arms.without.reasons).toEqual({ empty: 6 });
    const again = abOf(await desk.start('ab', '--json').ended);
    expect(withoutRun(again)).toEqual(withoutRun(report));
  } finally {
    await desk.clear();
  }
});

test('a command joins the one that does the same', async () => {
  const keeper = await startPairJudge(answerSteered, { usage: CALL_USAGE, holdFrom: 1 });
  const desk = await openReplayDesk(TASKS.slice(0, 2), { 'keeper-7b': keeper.url });
  try {
    const first = desk.start('ab', '--json');
    await first.hear(/ab-\S+ started/);
    const second = desk.start('ab', '--json');
    await second.hear(/ab-\S+ is already going on; attached to it/);
    keeper.release();
    const [one, other] = [await first.ended, await second.ended];
    expect([one.code, other.code], one.err + other.err).toEqual([0, 0]);
    expect(other.out).toBe(one.out);
    expect(keeper.heard).toHaveLength(4);
  } finally {
    await desk.clear();
    await keeper.close();
  }
});

test('a study asks each repeat anew, and finds how far the answers agree', async () => {
  // Of three tasks one wavers between two answers, and one is beyond the small model.
  const turns = new Map<string, number>();
  const waver = (messages: readonly HeardMessage[]): string => {
    const task = messages.at(-1)!.content.split('Task: ').at(-1)!;
    const turn = (turns.get(task) ?? 0) + 1;
    turns.set(task, turn);
    if (task.endsWith('in a hurry')) return 'Yes.';
    return task.endsWith('on a whim') && turn % 2 === 0 ? `${IN_GENERAL} Then wait.` : IN_GENERAL;
  };
  const keeper = await startPairJudge(waver, { usage: CALL_USAGE });
  const expert = await startPairJudge(() => IN_GENERAL, { usage: CALL_USAGE });
  const tasks = [
    { id: 'steady', task: LOCK },
    { id: 'whim', task: `${LOCK}, on a whim` },
    { id: 'hurry', task: `${LOCK}, in a hurry` },
  ];
  const desk = await openReplayDesk(tasks, { 'keeper-7b': keeper.url, 'keeper-70b': expert.url });
  try {
    const args = ['study', '--repeat', '3', '--shares', '0.5,1', '--allow-escalation', '--escalate-to', 'keeper-70b', '--json'];
    const ended = await desk.start(...args, '--keep-server').ended;
    const report = studyOf(ended);
    expect(ended.code, ended.err).toBe(0);
    expect(report).toMatchObject({ verdict: 'measured', repeats: 3, counts: { tasks: 3, answers: 18, unanswered: 0, skipped_budget: 0 } });
    expect(report.shares.map(({ share, rows }) => [share, rows])).toEqual([
      [0.5, 2],
      [1, 4],
    ]);
    for (const share of report.shares) {
      // Of the three pairs of three answers that waver one is alike.
      expect(share.tasks.map(({ id, exact_agreement: agreement }) => [id, agreement])).toEqual([
        ['steady', 1],
        ['whim', expect.closeTo(1 / 3, 12)],
        ['hurry', 1],
      ]);
      expect(share.exact_agreement.mean).toBeCloseTo((1 + 1 / 3 + 1) / 3, 12);
      expect(share.escalation).toMatchObject({ hit: 3, total: 9 });
      expect(share.gate_pass).toMatchObject({ hit: 9, total: 9 });
      expect(share.tasks.map(({ distinct_bundles }) => distinct_bundles)).toEqual([1, 1, 1]);
    }
    expect([keeper.heard.length, expert.heard.length]).toEqual([18, 6]);
    expect(loggedReplays(desk.workspace)).toHaveLength(18);
    expect(report.cost_usd).toBeCloseTo(24 * CALL_USD, 9);

    // Each call sets .002 aside and costs .001: the fifth would need .006. The first arm is done by then, and the third is never begun.
    const capped = await desk.start('study', '--json', '--concurrent', '1', '--max-usd', '0.0055', '--yes').ended;
    const stopped = studyOf(capped);
    expect(capped.code, capped.err).toBe(2);
    expect(stopped).toMatchObject({
      verdict: 'unfinished',
      counts: { tasks: 3, answers: 4, unanswered: 0, skipped_budget: 23 },
      cost_usd: 0.004,
    });
    expect(keeper.heard).toHaveLength(18 + 4);
    const store = openWorkStore(desk.workspace, 'replay');
    const begun = ['s1-r1', 's1-r2', 's1-r3', 's2-r1'].map((arm) => store.has(`${stopped.run_id}-${arm}`, 'plan'));
    expect(begun).toEqual([true, true, false, false]);
    expect(tallyBudget(desk.workspace, stopped.run_id).highest).toBeLessThanOrEqual(0.0055 * 1e9);
  } finally {
    await desk.clear();
    await keeper.close();
    await expert.close();
  }
});
