import { describe, expect, test } from 'vitest';
import { measureStudy, type ArmOutcome, type StudyShare } from '../../../domain/replay-arms/index.ts';
import { replayStudySchema, type ReplayStudy } from '../../../schemas/replay-study.ts';
import { fc } from '../../support/fast-check.ts';
import { answered, FRAME, SKIPPED, unanswered, type Given } from './outcomes.ts';

const SMALL = { share: 0.5, rows: 223, sha256: 'e'.repeat(64) };
const WHOLE = { share: 1, rows: 446, sha256: 'c'.repeat(64) };
const REFUSED: Given = { refused: ['too_short'] };

function study(ids: readonly string[], shares: readonly StudyShare[]): ReplayStudy {
  return replayStudySchema.parse(measureStudy(ids, shares, { ...FRAME, run_id: 'study-1', resamples: 2000 }));
}

/** The answers of one share, task by task, turned into repeats. */
function repeatsOf(tasks: readonly (readonly ArmOutcome[])[]): ArmOutcome[][] {
  return tasks[0]!.map((_, repeat) => tasks.map((outcomes) => outcomes[repeat]!));
}

/** Three tasks, each put three times at two shares. */
const BELL = [
  answered('bell', { answer: 'Ring the bell.' }),
  answered('bell', { answer: ' Ring  the\nbell.\n', usd: 0.01, notes: ['keyword only (the embedder is away)'] }),
  answered('bell', { answer: 'Ring the bell.' }),
];
/** Words of the pairs: 2 of 4 in common, all, 2 of 4. */
const LAMP = [
  answered('lamp', { answer: 'lantern burns dawn' }),
  answered('lamp', { answer: 'lantern burns dusk', ...REFUSED }),
  answered('lamp', { answer: 'lantern burns dawn' }),
];
const ROPE = [
  answered('rope', { answer: 'coil hemp', escalated: true, usd: 0.02 }),
  answered('rope', { answer: 'splice wire', escalated: true, ...REFUSED }),
  answered('rope', { answer: 'knot cord', escalated: true, ...REFUSED }),
];
const IDS = ['bell', 'lamp', 'rope'];
const SAME = IDS.map((id) => [0, 1, 2].map(() => answered(id)));

describe('three tasks, each put three times', () => {
  const result = study(IDS, [
    { ...SMALL, repeats: repeatsOf([BELL, LAMP, ROPE]) },
    { ...WHOLE, repeats: repeatsOf(SAME) },
  ]);
  const [small, whole] = [result.shares[0]!, result.shares[1]!];

  test('are counted', () => {
    expect(result).toMatchObject({ verdict: 'measured', repeats: 3, cost_usd: 0.03, counts: { tasks: 3, answers: 18, unanswered: 0 } });
    expect(small).toMatchObject({ ...SMALL, answers: 9, tasks_answered: 3, cost_usd: 0.03 });
    expect(result.shares).toMatchObject([
      { trimmed: 0, degraded: 1 },
      { trimmed: 0, degraded: 0 },
    ]);
  });

  test('agree as far as their answers do, white space aside', () => {
    expect(small.tasks[0]).toMatchObject({ passed: 3, exact_agreement: 1, token_agreement: 1, same_verdict: true, distinct_answers: 1 });
    expect(small.tasks[1]).toMatchObject({ passed: 2, passes_by_majority: true, same_verdict: false, distinct_answers: 2 });
    expect(small.tasks[1]!.exact_agreement).toBeCloseTo(1 / 3, 12);
    expect(small.tasks[1]!.token_agreement).toBeCloseTo(2 / 3, 12);
    expect(small.tasks[2]).toMatchObject({
      passed: 1,
      passes_by_majority: false,
      exact_agreement: 0,
      token_agreement: 0,
      distinct_answers: 3,
    });
    expect(small.exact_agreement.mean).toBeCloseTo(4 / 9, 12);
    expect(small.token_agreement.mean).toBeCloseTo(5 / 9, 12);
    expect(small.verdict_agreement).toMatchObject({ hit: 1, total: 3, method: 'wilson' });
    expect(small.distinct_answers).toMatchObject({ tasks: 3, mean: 2 });
  });

  test('are drawn as tasks: of 27 resamples one is the worst task alone and one the best, which are 3.7 % and not 2.5 %', () => {
    expect(small.gate_pass).toEqual({ hit: 6, total: 9, rate: 6 / 9, ci95: [1 / 3, 1], method: 'cluster_bootstrap' });
    expect(small.exact_agreement.ci95).toEqual([0, 1]);
    expect(small.escalation).toMatchObject({ hit: 3, total: 9, ci95: [0, 1], method: 'cluster_bootstrap' });
  });

  test('count once where a task is counted once, with an interval by Wilson', () => {
    expect(small.passes_by_majority).toMatchObject({ hit: 2, total: 3, method: 'wilson' });
    expect(small.tasks_escalated).toMatchObject({ hit: 1, total: 3, method: 'wilson' });
  });

  test('that are all alike claim no certainty: Wilson over three tasks, 3 / (3 + 1.96^2), not over nine answers', () => {
    expect(whole.gate_pass).toMatchObject({ hit: 9, total: 9, rate: 1, method: 'wilson' });
    expect(whole.gate_pass.ci95![0]).toBeCloseTo(0.4385, 4);
    expect(whole.gate_pass.ci95![1]).toBe(1);
    expect(whole.escalation.ci95![1]).toBeCloseTo(1 - 0.4385, 4);
  });

  test('converge, by tables and differences of the largest share against the smallest', () => {
    const { convergence } = result;
    expect(convergence).toMatchObject({ smallest: 0.5, largest: 1, tasks: 3 });
    expect(convergence!.passes_by_majority).toMatchObject({
      table: { both: 2, only_largest: 1, only_smallest: 0, neither: 0 },
      p_raw: 1,
      m: 4,
      test: 'mcnemar_exact',
      significant: false,
    });
    expect(convergence!.passes_by_majority.text).toMatch(/^not significant: share 1 minus share 0\.5 \+0\.3333, /);
    expect(convergence!.escalation.delta).toBeCloseTo(-1 / 3, 12);
    expect(convergence!.exact_agreement!.delta).toBeCloseTo(5 / 9, 12);
    expect(convergence!.token_agreement!.delta).toBeCloseTo(4 / 9, 12);
  });

  test('give the same figures in whatever order the tasks come', () => {
    const rows = [BELL, LAMP, ROPE];
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (order) => {
        const again = study(
          order.map((at) => IDS[at]!),
          [
            { ...SMALL, repeats: repeatsOf(order.map((at) => rows[at]!)) },
            { ...WHOLE, repeats: repeatsOf(order.map((at) => SAME[at]!)) },
          ],
        );
        expect(again.convergence).toEqual(result.convergence);
        const { tasks: _listed, ...figures } = again.shares[0]!;
        expect(small).toMatchObject(figures);
      }),
      { numRuns: 6 },
    );
  });
});

describe('tasks that are put once', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const once = (passes: (at: number) => boolean, escalated: (at: number) => boolean): ArmOutcome[][] => [
    ids.map((id, at) => answered(id, { ...(passes(at) ? {} : REFUSED), escalated: escalated(at) })),
  ];
  const result = study(ids, [
    {
      ...SMALL,
      repeats: once(
        (at) => at < 2,
        (at) => at > 2,
      ),
    },
    {
      ...WHOLE,
      repeats: once(
        () => true,
        () => false,
      ),
    },
  ]);

  test('agree with nothing: null, and never 1', () => {
    const { shares, convergence } = result;
    for (const { exact_agreement, token_agreement, distinct_answers, verdict_agreement, tasks } of shares) {
      for (const mean of [exact_agreement, token_agreement, distinct_answers]) expect(mean).toEqual({ tasks: 0, mean: null, ci95: null });
      expect(verdict_agreement).toEqual({ hit: 0, total: 0, rate: null, ci95: null, method: null });
      expect(tasks[0]).toMatchObject({ answers: 1, distinct_answers: 1, exact_agreement: null, token_agreement: null, same_verdict: null });
    }
    expect(convergence).toMatchObject({ exact_agreement: null, token_agreement: null });
  });

  test('are independent: Wilson over answers, and exact tests of six gains, p = 2 / 2^6, and of five losses, p = 2 / 2^5', () => {
    expect(result.shares[0]!.gate_pass).toMatchObject({ hit: 2, total: 8, method: 'wilson' });
    const { passes_by_majority, escalation } = result.convergence!;
    expect(passes_by_majority).toMatchObject({
      p_raw: 2 / 64,
      p_holm: 4 / 64,
      m: 2,
      table: { both: 2, only_largest: 6, only_smallest: 0, neither: 0 },
    });
    expect(escalation).toMatchObject({ p_raw: 2 / 32, discordant: { b: 0, c: 5 }, test: 'mcnemar_exact' });
  });
});

test('of an even number of answers half are no majority', () => {
  const { shares } = study(
    ['a', 'b'],
    [
      {
        ...WHOLE,
        repeats: repeatsOf([
          [answered('a'), answered('a', REFUSED)],
          [answered('b'), answered('b')],
        ]),
      },
    ],
  );
  expect(shares[0]!.tasks.map(({ passes_by_majority }) => passes_by_majority)).toEqual([false, true]);
  expect(shares[0]!.passes_by_majority).toMatchObject({ hit: 1, total: 2 });
});

test('one share alone converges to nothing', () => {
  expect(study(['a'], [{ ...WHOLE, repeats: [[answered('a')]] }]).convergence).toBeNull();
});

describe('answers that are missing', () => {
  const result = study(
    ['a', 'b', 'c'],
    [
      {
        ...SMALL,
        repeats: repeatsOf([
          [answered('a'), unanswered('a', { usd: 0.01 })],
          [SKIPPED, SKIPPED],
          [answered('c'), answered('c')],
        ]),
      },
      { ...WHOLE, repeats: repeatsOf(['a', 'b', 'c'].map((id) => [answered(id), answered(id)])) },
    ],
  );

  test('are counted and are in no figure', () => {
    expect(result).toMatchObject({ verdict: 'unfinished', cost_usd: 0.01 });
    expect(result.counts).toEqual({ tasks: 3, answers: 9, unanswered: 1, skipped_budget: 2 });
    expect(result.shares[0]).toMatchObject({
      answers: 3,
      unanswered: 1,
      skipped_budget: 2,
      tasks_answered: 1,
      gate_pass: { hit: 3, total: 3 },
    });
    expect(result.shares[0]!.tasks[0]).toMatchObject({ answers: 1, passes_by_majority: true, exact_agreement: null });
    expect(result.shares[0]!.tasks[1]).toMatchObject({ answers: 0, passes_by_majority: null, replay_ids: [null, null] });
    expect(result.shares[0]!.passes_by_majority).toMatchObject({ hit: 2, total: 2 });
    expect(result.shares[0]!.exact_agreement).toMatchObject({ tasks: 1, mean: 1, ci95: null });
  });

  test('leave their task out of what is paired', () => {
    expect(result.convergence).toMatchObject({ tasks: 2, passes_by_majority: { n: 2 }, exact_agreement: { n: 1, p_raw: null } });
  });
});

test('a study without any answer measures nothing', () => {
  const { shares, verdict, convergence } = study(
    ['a'],
    [SMALL, WHOLE].map((share) => ({ ...share, repeats: [[SKIPPED], [SKIPPED]] })),
  );
  expect(verdict).toBe('unfinished');
  expect(shares[0]).toMatchObject({ gate_pass: { total: 0, rate: null, ci95: null }, distinct_answers: { mean: null } });
  expect(convergence).toMatchObject({ tasks: 0, passes_by_majority: { delta: null, significant: false } });
});

describe('answers without a word that counts', () => {
  const agreement = (one: string, other: string): unknown =>
    study(['a'], [{ ...WHOLE, repeats: [[answered('a', { answer: one })], [answered('a', { answer: other })]] }]).shares[0]!.token_agreement
      .mean;

  test('agree when they are the same text', () => {
    expect(agreement('', ' ')).toBe(1);
    expect(agreement('It is.', 'It was.')).toBe(0);
  });

  test('agree in no word with one that has some', () => {
    expect(agreement('', 'Ring the bell.')).toBe(0);
  });
});

test('a study that is not whole is refused', () => {
  const share = { ...WHOLE, repeats: [[answered('a')]] };
  const refused: [readonly string[], readonly StudyShare[]][] = [
    [['a'], []],
    [['a'], [{ ...WHOLE, repeats: [] }]],
    [['a', 'a'], [{ ...WHOLE, repeats: [[answered('a'), answered('a')]] }]],
    [['a', 'b'], [share]],
    [['a'], [share, share]],
    [['a'], [share, { ...SMALL, repeats: share.repeats }]],
    [['a'], [{ ...SMALL, repeats: [...share.repeats, ...share.repeats] }, share]],
    [['a'], [{ ...WHOLE, repeats: [[{ state: 'refused', reasons: [], row: null }]] }]],
  ];
  for (const [ids, shares] of refused) expect(() => study(ids, shares)).toThrow(RangeError);
});
