import { describe, expect, test } from 'vitest';
import { batches, longestBatchMs, modelSteps, timeLeftMs, type ModelPlan } from '../../../domain/bench-steps/index.ts';

const PLAN: ModelPlan = { main_calls: 17, self_consistency_calls: 8, warmup_calls: 3, has_embeddings: true, has_questions: true };
const namesOf = (plan: ModelPlan): string[] =>
  modelSteps(plan).map((step) => ('purpose' in step ? `${step.purpose} ${step.batch}` : step.step));

describe('the steps of a model', () => {
  test('stand between two looks at its card: warm-up, main pass, index, questions, repeats', () => {
    expect(namesOf(PLAN)).toEqual([
      'read_card',
      'warmup 0',
      'main 0',
      'main 1',
      'main 2',
      'embed_outputs',
      'score_retrieval',
      'self_consistency 0',
      'embed_repeats',
      'read_card',
    ]);
    const cards = modelSteps(PLAN).filter((step) => step.step === 'read_card');
    expect(cards.map(({ when }) => when)).toEqual(['before', 'after']);
  });

  test('leave out what there is nothing for', () => {
    expect(namesOf({ ...PLAN, has_questions: false })).not.toContain('score_retrieval');
    expect(namesOf({ ...PLAN, has_embeddings: false })).toEqual(expect.not.arrayContaining(['embed_outputs', 'embed_repeats']) as string[]);
    expect(namesOf({ ...PLAN, has_embeddings: false })).toContain('score_retrieval');
    expect(namesOf({ ...PLAN, main_calls: 0, warmup_calls: 0, self_consistency_calls: 0, has_questions: false })).toEqual([
      'read_card',
      'read_card',
    ]);
  });
});

test('a batch has eight calls, the last one what is left', () => {
  expect(batches('main', 17).map(({ calls }) => calls)).toEqual([8, 8, 1]);
  expect(batches('main', 16).map(({ calls }) => calls)).toEqual([8, 8]);
  expect(batches('judge', 0)).toEqual([]);
});

test('a batch takes at most the limits of its calls and a minute', () => {
  expect(longestBatchMs(8, 120_000)).toBe(1_020_000);
  expect(longestBatchMs(1, 500)).toBe(60_500);
});

test('a minute before the deadline nothing is left, and never less than that', () => {
  const deadline = '2026-03-02T09:00:00.000Z';
  const at = (time: string): number => timeLeftMs(deadline, Date.parse(`2026-03-02T${time}Z`));
  expect(at('08:15:00')).toBe(44 * 60_000);
  expect(at('08:59:00')).toBe(0);
  expect(at('09:30:00')).toBe(0);
});
