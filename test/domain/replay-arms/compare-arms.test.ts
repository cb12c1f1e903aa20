import { describe, expect, test } from 'vitest';
import { compareArms, type AbTask } from '../../../domain/replay-arms/index.ts';
import { replayAbSchema, type ReplayAb } from '../../../schemas/replay-ab.ts';
import { fc } from '../../support/fast-check.ts';
import { answered, BELL, FRAME, SKIPPED, unanswered, type Given } from './outcomes.ts';

/** Names two things that neither the task nor the bell's note names. */
const INVENTED = 'The keeper rings the bell for 40 seconds at dawn, as harbour/siren.md has told everybody at the lock for many years.';
/** Names what the note of the bell names, without ever having seen it. */
const LUCKY = 'The keeper rings the bell for 90 seconds at dawn, as lock-house/bell.md has told everybody at the lock for many years.';
/** Names nothing. */
const PLAIN = 'The keeper rings the bell at dawn, and waits until the water stands level on both sides of the gate.';

const grounded: Given = { answer: LUCKY, named: [true, true], bundle: BELL };
const invented: Given = { answer: INVENTED, named: [false, false], refused: ['ungrounded'] };
const lucky: Given = { answer: LUCKY, named: [false, false], refused: ['ungrounded'] };
const plain: Given = { answer: PLAIN };

function pair(id: string, withIt: Given, without: Given): AbTask {
  return { id, with: answered(id, { bundle: BELL, ...withIt }), without: answered(id, without) };
}

/** Ten tasks that both arms answered, and two that one of them did not. */
const TASKS: readonly AbTask[] = [
  ...['t01', 't02', 't03', 't04', 't05'].map((id) => pair(id, grounded, invented)),
  pair('t06', grounded, lucky),
  pair('t07', grounded, plain),
  pair('t08', grounded, invented),
  pair('t09', { answer: INVENTED, named: [true, false], refused: ['ungrounded'] }, plain),
  pair('t10', plain, plain),
  { id: 't11', with: unanswered('t11', { bundle: BELL, usd: 0.02 }), without: answered('t11', { ...invented, usd: 0.01 }) },
  { id: 't12', with: answered('t12', { ...grounded, usd: 0.03 }), without: SKIPPED },
];

function compare(tasks: readonly AbTask[], frame: Partial<typeof FRAME> = {}): ReplayAb {
  return replayAbSchema.parse(compareArms(tasks, { ...FRAME, ...frame }));
}

const CUT = { window_tokens: 512, dropped: [], steps_dropped: 0, cut: 'bell' };

test('answers that had less to go by than was asked for are counted in their arm', () => {
  const tasks = [
    pair('t01', { ...grounded, trimmed: CUT }, invented),
    pair('t02', { ...grounded, trimmed: CUT, notes: ['keyword only (no embedder configured)'] }, { ...invented, trimmed: CUT }),
    pair('t03', { ...grounded, notes: [] }, invented),
    { id: 't04', with: unanswered('t04', { trimmed: CUT }), without: answered('t04', invented) },
  ];
  const { arms } = compare(tasks);
  expect(arms.with).toMatchObject({ trimmed: 2, degraded: 1 });
  expect(arms.without).toMatchObject({ trimmed: 1, degraded: 0 });
});

describe('ten tasks that both arms answered', () => {
  const ab = compare(TASKS);

  test('are paired; what one arm did not answer is counted, and listed with its reason', () => {
    expect(ab.verdict).toBe('unfinished');
    expect(ab.counts).toEqual({
      tasks: 12,
      paired: 10,
      unanswered: { with: 1, without: 0 },
      skipped_budget: { with: 0, without: 1 },
    });
    expect(ab.pairs.map(({ id }) => id)).toEqual(TASKS.map(({ id }) => id));
    expect(ab.pairs[10]).toMatchObject({
      task: 'How is the lock t11 opened at dawn?',
      with: { state: 'unanswered', reasons: ['it hung'], answer: null, gate: null, model: null, replay_id: 'replay-t11', latency_ms: null },
      without: { state: 'refused', reasons: ['ungrounded'], answer: INVENTED, replay_id: 'replay-t11' },
      same_evidence: null,
    });
    expect(ab.pairs[11]!.without).toMatchObject({ state: 'skipped_budget', answer: null, replay_id: null, retrieved: [] });
    expect(ab.pairs[0]!.with).toMatchObject({ retrieved: ['bell'], model: 'keeper-7b', escalated: false, latency_ms: 1000 });
  });

  test('are measured in each arm over the pairs alone, the cost over everything', () => {
    expect(ab.arms.with).toMatchObject({
      answered: 11,
      gate_pass: { hit: 9, total: 10, rate: 0.9, method: 'wilson' },
      wholly_grounded: { hit: 9, total: 10 },
      names: { grounded: 17, total: 18, rate: 17 / 18 },
      names_nothing: 1,
      reasons: { ungrounded: 1 },
      escalated: 0,
      cost_usd: 0.05,
      median_latency_ms: 1000,
    });
    // Centre (0.9 + 3.8415/20) / 1.38415, half width 1.95996 sqrt(0.009 + 3.8415/400) / 1.38415.
    expect(ab.arms.with.gate_pass.ci95![0]).toBeCloseTo(0.5958, 4);
    expect(ab.arms.with.gate_pass.ci95![1]).toBeCloseTo(0.9821, 4);
    expect(ab.arms.without).toMatchObject({
      answered: 11,
      gate_pass: { hit: 3, total: 10 },
      wholly_grounded: { hit: 3, total: 10 },
      names: { grounded: 0, total: 14, rate: 0 },
      names_nothing: 3,
      reasons: { ungrounded: 7 },
      cost_usd: 0.01,
    });
    expect(ab.cost_usd).toBe(0.06);
  });

  test('are tested as pairs: seven gains and one loss have p = 2 (1 + 8) / 2^8', () => {
    const table = { both: 2, only_with: 7, only_without: 1, neither: 0 };
    expect(ab.paired.gate_pass).toMatchObject({ n: 10, table, discordant: { b: 7, c: 1 }, p_raw: 18 / 256, test: 'mcnemar_exact', m: 6 });
    expect(ab.paired.gate_pass.delta).toBeCloseTo(0.6, 12);
    expect(ab.paired.gate_pass.p_bonferroni).toBeCloseTo((6 * 18) / 256, 12);
    expect(ab.paired.gate_pass.significant).toBe(false);
    expect(ab.paired.gate_pass.text).toMatch(/^not significant: with minus without \+0\.6000, /);
    expect(ab.paired.wholly_grounded).toMatchObject({ table, p_raw: 18 / 256 });
  });

  test('have grounding rates where both answers name something; the others are left out and counted', () => {
    // Seven differences of 1 draw nothing but 1: p = (0 + 1) / (999 + 1).
    expect(ab.paired.grounding_rate).toMatchObject({ n: 7, left_out: 3, mean_a: 0, mean_b: 1, delta: 1, ci95: [1, 1], p_raw: 0.001 });
    expect(ab.paired.grounding_rate.significant).toBe(true);
    expect(ab.paired.grounding_rate.text).toMatch(/^with is higher: /);
  });

  test('are judged once more on the same evidence: what the baseline knew by luck is grounded then', () => {
    expect(ab.pairs[5]!.same_evidence).toMatchObject({ gate: { passed: true, reasons: [] } });
    expect(ab.pairs[5]!.same_evidence!.grounding.map(({ text, grounded: is }) => [text, is])).toEqual([
      ['90 seconds', true],
      ['lock-house/bell.md', true],
    ]);
    expect(ab.pairs[0]!.same_evidence!.grounding.map(({ grounded: is }) => is)).toEqual([false, false]);
    expect(ab.same_evidence.without).toMatchObject({
      gate_pass: { hit: 4, total: 10 },
      wholly_grounded: { hit: 4, total: 10 },
      names: { grounded: 2, total: 14, rate: 1 / 7 },
      names_nothing: 3,
      reasons: { ungrounded: 6 },
    });
    const { gate_pass, grounding_rate } = ab.same_evidence.paired;
    // p = 2 (1 + 7) / 2^7.
    expect(gate_pass).toMatchObject({
      table: { both: 3, only_with: 6, only_without: 1, neither: 0 },
      p_raw: 0.125,
      arm_a: 'without (same evidence)',
    });
    expect(grounding_rate).toMatchObject({ n: 7, left_out: 3 });
    expect(grounding_rate.delta).toBeCloseTo(6 / 7, 12);
  });

  test('are one family of six: Holm takes 6, 5, 4, 3, 2 and 1 times p, and never less than before', () => {
    const six = [ab.paired, ab.same_evidence.paired].flatMap((paired) => [paired.grounding_rate, paired.gate_pass, paired.wholly_grounded]);
    const expected = [0.006, (4 * 18) / 256, (4 * 18) / 256, 0.006, (4 * 18) / 256, (4 * 18) / 256];
    six.forEach(({ p_holm }, at) => expect(p_holm).toBeCloseTo(expected[at]!, 12));
  });

  test('give the same figures in whatever order they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...TASKS], { minLength: TASKS.length }), (tasks) => {
        const { pairs, ...figures } = compareArms(tasks, FRAME);
        const { pairs: listed, ...expected } = ab;
        expect(figures).toEqual(expected);
        expect(pairs.map(({ id }) => id)).toEqual(tasks.map(({ id }) => id));
        expect(listed).toHaveLength(pairs.length);
      }),
      { numRuns: 5 },
    );
  });
});

test('five gains and no loss have p = 2 / 2^5', () => {
  const ab = compare(['a', 'b', 'c', 'd', 'e'].map((id) => pair(id, grounded, invented)));
  expect(ab.verdict).toBe('compared');
  expect(ab.paired.gate_pass).toMatchObject({ p_raw: 0.0625, table: { both: 0, only_with: 5, only_without: 0, neither: 0 }, delta: 1 });
  expect(ab.paired.gate_pass.text).toMatch(/^not significant: /);
});

test('eleven gains and no loss stay significant in a family of six', () => {
  const ids = Array.from({ length: 11 }, (_, at) => `lock-${at}`);
  const { gate_pass } = compare(ids.map((id) => pair(id, grounded, invented))).paired;
  expect(gate_pass).toMatchObject({ p_raw: 2 / 2 ** 11, p_bonferroni: 12 / 2 ** 11, significant: true });
  expect(gate_pass.text).toMatch(/^with is higher: with minus without \+1\.0000, /);
});

test('arms that answer alike differ in nothing', () => {
  const ab = compare(['a', 'b', 'c'].map((id) => pair(id, plain, plain)));
  expect(ab.paired.gate_pass).toMatchObject({ delta: 0, p_raw: 1, significant: false, table: { both: 3, neither: 0 } });
  expect(ab.paired.grounding_rate).toMatchObject({ n: 0, left_out: 3, delta: null, p_raw: null, significant: false });
  expect(ab.arms.with.names).toEqual({ grounded: 0, total: 0, rate: null });
});

describe('an answer that names nothing', () => {
  test('is wholly grounded when the gate passed it, and not when it is empty or a refusal', () => {
    const empty: Given = { answer: '', refused: ['empty'] };
    const hedge: Given = {
      answer: "I'm sorry, but I cannot tell how that lock is opened at dawn; please ask the keeper instead.",
      refused: ['hedge'],
    };
    const ab = compare([pair('a', plain, empty), pair('b', plain, hedge), pair('c', plain, plain)]);
    expect(ab.arms.with.wholly_grounded).toMatchObject({ hit: 3, total: 3 });
    expect(ab.arms.without.wholly_grounded).toMatchObject({ hit: 1, total: 3 });
    expect(ab.arms.without).toMatchObject({ names_nothing: 3, reasons: { empty: 1, hedge: 1 } });
    expect(ab.same_evidence.without).toMatchObject({ wholly_grounded: { hit: 1, total: 3 }, reasons: { empty: 1, hedge: 1 } });
  });

  test('may be refused for other reasons than grounding, and be wholly grounded all the same when it names something', () => {
    const short: Given = { answer: 'As lock-house/bell.md says.', named: [true], refused: ['too_short'], bundle: BELL };
    const ab = compare([pair('a', short, plain), pair('b', grounded, plain)]);
    expect(ab.arms.with).toMatchObject({ gate_pass: { hit: 1 }, wholly_grounded: { hit: 2 } });
  });
});

test('on the same evidence the steps of the bundle are asked for, too', () => {
  const steps = { ...BELL, validation_steps: ['Verify the tide gauge.'] };
  const ab = compare([pair('a', { ...grounded, bundle: steps }, plain), pair('b', { ...grounded, bundle: steps }, plain)]);
  expect(ab.arms.without.gate_pass).toMatchObject({ hit: 2, total: 2 });
  expect(ab.same_evidence.without).toMatchObject({ gate_pass: { hit: 0, total: 2 }, reasons: { off_steps: 2 } });
});

test('grounding is measured also where the gate does not look, and refuses nothing there', () => {
  const unlooked: Given = { answer: INVENTED, mode: 'off' };
  const ab = compare([pair('a', { ...grounded, named: [], mode: 'off' }, unlooked), pair('b', grounded, unlooked)], {
    grounding_mode: 'off',
  });
  expect(ab.arms.with.names).toEqual({ grounded: 4, total: 4, rate: 1 });
  expect(ab.arms.without).toMatchObject({ gate_pass: { hit: 2 }, wholly_grounded: { hit: 0, total: 2 }, names: { grounded: 0, total: 4 } });
  expect(ab.same_evidence.without).toMatchObject({ gate_pass: { hit: 2 }, wholly_grounded: { hit: 0 } });
  expect(ab.pairs[0]!.without.grounding).toHaveLength(2);
});

test('nothing answered is nothing measured, and not a draw', () => {
  const ab = compare([{ id: 'a', with: unanswered('a'), without: SKIPPED }]);
  expect(ab).toMatchObject({ verdict: 'unfinished', counts: { tasks: 1, paired: 0 } });
  expect(ab.arms.with).toMatchObject({
    answered: 0,
    gate_pass: { hit: 0, total: 0, rate: null, ci95: null, method: null },
    median_latency_ms: null,
  });
  expect(ab.paired.gate_pass).toMatchObject({ n: 0, delta: null, ci95: null, p_raw: null, p_holm: null, significant: false });
  expect(ab.paired.gate_pass.text).toContain('not significant');
  expect(compare([{ id: 'a', with: SKIPPED, without: SKIPPED }]).pairs[0]!.task).toBeNull();
});

test('one pair cannot be tested', () => {
  expect(compare([pair('a', grounded, invented)]).paired.gate_pass).toMatchObject({ n: 1, delta: 1, p_raw: null, significant: false });
});

test('an answer without its row, and a task that comes twice, are refused', () => {
  const lost: AbTask = { id: 'a', with: { state: 'passed', reasons: [], row: null }, without: SKIPPED };
  expect(() => compareArms([lost], FRAME)).toThrow(RangeError);
  expect(() => compareArms([pair('a', plain, plain), pair('a', plain, plain)], FRAME)).toThrow(/found it twice/);
});
