import { describe, expect, test } from 'vitest';
import { inspect } from '../../../adapters/sources/inspect.ts';
import { hearScores, type Hearing } from '../../../adapters/sources/inspect-scores.ts';
import { scoreEvidence } from '../../../domain/score/index.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';

const ACCURACY = [{ name: 'inspect_ai/accuracy', options: {} }];
const MEAN = [{ name: 'inspect_ai/mean', options: {} }];

interface Scored {
  /** Scores by scorer. */
  readonly scores: JsonObject;
  readonly scorers?: readonly JsonObject[];
  /** Scorers whose run is in the record, each with what happened in it. */
  readonly runs?: Readonly<Record<string, readonly ('model' | 'sandbox')[]>>;
}

function logOf({ scores, scorers = [], runs = {} }: Scored): { sample: JsonObject; header: JsonObject } {
  const begun = (name: string): JsonObject => ({ event: 'span_begin', type: 'scorer', name });
  const events: JsonValue[] = [{ event: 'span_begin', type: 'solver', name: 'generate' }, { event: 'model' }];
  for (const [name, happened] of Object.entries(runs)) events.push(begun(name), ...happened.map((event) => ({ event })));
  const header = { status: 'success', eval: { task: 'cellar', model: 'meadow/pippin-2', scorers: [...scorers] } };
  const messages = [
    { role: 'user', content: 'Is the cellar dry?' },
    { role: 'assistant', content: 'Dry, but for the north corner.' },
  ];
  return { sample: { id: 'cellar', epoch: 1, input: 'Is the cellar dry?', target: 'dry', messages, scores, events }, header };
}

function heard(scored: Scored): Hearing[] {
  const { sample, header } = logOf(scored);
  return hearScores(sample, header);
}

function categoryOf(scored: Scored): string {
  const { sample, header } = logOf(scored);
  const [draft] = inspect.normalize({ value: sample, header, locator: {}, line: 0 }, { path: '', options: {} });
  if (draft === undefined || 'refused' in draft) throw new Error(`expected evidence, found ${JSON.stringify(draft)}`);
  return scoreEvidence(draft, { partialMin: 0.5 }).category;
}

describe('scorers that compare or run code', () => {
  test.each([
    'match',
    'includes',
    'exact',
    'pattern',
    'choice',
    'answer',
    'math',
    'verify',
    'inspect_ai/match',
    'match1',
    'inspect_evals/verify',
  ])('%s is ground truth', (name) => {
    expect(heard({ scores: { [name]: { value: 'C' } } })).toEqual([{ by: name, as: 'truth', value: 1 }]);
    expect(categoryOf({ scores: { [name]: { value: 'C' } } })).toBe('accepted');
    expect(categoryOf({ scores: { [name]: { value: 'I' } } })).toBe('rejected');
  });

  test.each<[JsonValue, number, string]>([
    ['C', 1, 'accepted'],
    ['P', 0.5, 'partially_accepted'],
    ['I', 0, 'rejected'],
    ['N', 0, 'rejected'],
    [1, 1, 'accepted'],
    [0.8, 0.8, 'partially_accepted'],
    [0.3, 0.3, 'rejected'],
    [true, 1, 'accepted'],
    [false, 0, 'rejected'],
  ])('%j is %d', (value, grade, category) => {
    expect(heard({ scores: { f1: { value } } })).toEqual([{ by: 'f1', as: 'truth', value: grade }]);
    expect(categoryOf({ scores: { f1: { value } } })).toBe(category);
  });

  test.each<[JsonValue]>([[7], [-1], ['ripe'], ['c'], [{ crisp: 1 }], [[1]], [null]])('%j is no grade and decides nothing', (value) => {
    expect(heard({ scores: { match: { value } } }).every((hearing) => hearing.as === 'noted')).toBe(true);
    expect(categoryOf({ scores: { match: { value } } })).toBe('needs_human_review');
  });

  test('that agree, and that do not', () => {
    expect(categoryOf({ scores: { match: { value: 'C' }, f1: { value: 1 } } })).toBe('accepted');
    expect(categoryOf({ scores: { match: { value: 'C' }, includes: { value: 'I' } } })).toBe('needs_human_review');
    expect(categoryOf({ scores: { match: { value: 'I' }, f1: { value: 0.8 } } })).toBe('rejected');
    expect(categoryOf({ scores: { match: { value: 'C' }, f1: { value: 0.8 } } })).toBe('partially_accepted');
  });
});

describe('scorers that ask a model', () => {
  const yes = { value: 'C' };
  test.each<[string, Scored]>([
    ['by their name', { scores: { model_graded_fact: yes } }],
    ['by a name of their own', { scores: { harvest_judge: yes } }],
    ['by the conversation they keep', { scores: { match: { ...yes, metadata: { grading: [] } } } }],
    ['by their options', { scores: { taste: yes }, scorers: [{ name: 'cellar/taste', options: { model: 'meadow/grader' } }] }],
    ['by what happened in their run', { scores: { match: yes }, runs: { match: ['model'] } }],
  ])('%s are judges', (_name, scored) => {
    const [name = ''] = Object.keys(scored.scores);
    expect(heard(scored)).toEqual([{ by: name, as: 'judge', value: 1 }]);
    expect(categoryOf(scored)).toBe('partially_accepted');
    expect(categoryOf({ ...scored, scores: { [name]: { ...(scored.scores[name] as JsonObject), value: 'I' } } })).toBe('rejected');
    expect(categoryOf({ ...scored, scores: { [name]: { ...(scored.scores[name] as JsonObject), value: 'P' } } })).toBe(
      'needs_human_review',
    );
  });

  test('have no say where there is truth', () => {
    expect(categoryOf({ scores: { match: { value: 'I' }, model_graded_qa: yes } })).toBe('rejected');
  });

  test('a grade of one to ten is no share of one', () => {
    expect(categoryOf({ scores: { model_graded_qa: { value: 1 } }, scorers: [{ name: 'model_graded_qa', metrics: MEAN }] })).toBe(
      'needs_human_review',
    );
    expect(categoryOf({ scores: { model_graded_qa: { value: 1 } }, scorers: [{ name: 'model_graded_qa', metrics: ACCURACY }] })).toBe(
      'partially_accepted',
    );
  });
});

describe('scorers that nobody knows', () => {
  const said = (value: JsonValue, metrics: JsonValue[] = MEAN): Scored => ({
    scores: { dryness: { value } },
    scorers: [{ name: 'cellar/dryness', metrics }],
  });

  test.each<[string, Scored, string, string]>([
    ['letters of a run without a model', { ...said('C'), runs: { dryness: ['sandbox'] } }, 'truth', 'accepted'],
    ['letters of a run with a model', { ...said('C'), runs: { dryness: ['sandbox', 'model'] } }, 'judge', 'partially_accepted'],
    ['letters of a run beside one with a model', { ...said('C'), runs: { dryness: [], other: ['model'] } }, 'truth', 'accepted'],
    ['letters without a run', said('C'), 'judge', 'partially_accepted'],
    ['a share of right answers', { ...said(1, ACCURACY), runs: { 'cellar/dryness': [] } }, 'truth', 'accepted'],
    ['a share of right answers without a run', said(1, ACCURACY), 'judge', 'partially_accepted'],
    ['a number of unknown meaning', { ...said(1), runs: { dryness: [] } }, 'noted', 'needs_human_review'],
    ['true, of unknown meaning', { ...said(true), runs: { dryness: [] } }, 'noted', 'needs_human_review'],
  ])('%s', (_name, scored, as, category) => {
    expect(heard(scored)).toMatchObject([{ by: 'dryness', as }]);
    expect(categoryOf(scored)).toBe(category);
  });

  test('metrics may be nested, or values by name', () => {
    expect(heard(said(1, [{ north: ACCURACY }]))).toMatchObject([{ as: 'judge' }]);
    const { sample, header } = logOf({ scores: { dryness: { value: 1 } } });
    const results = { scores: [{ name: 'dryness', metrics: { accuracy: { name: 'accuracy', value: 1 } } }] };
    expect(hearScores(sample, { ...header, eval: { task: 'cellar', model: 'm' }, results })).toMatchObject([{ as: 'judge' }]);
  });

  test('several values are kept one by one', () => {
    expect(heard({ scores: { dryness: { value: { north: 0, south: 'C', deep: { wall: 1 } } } } })).toEqual([
      { by: 'dryness.north', as: 'noted', value: 0 },
      { by: 'dryness.south', as: 'noted', value: 'C' },
    ]);
  });
});

describe('a score that somebody corrected', () => {
  const history = [
    { value: 'I', provenance: null },
    { value: 'C', provenance: { author: 'the cellarer', timestamp: '2026-04-14T09:00:00Z' } },
  ];

  test('is that person, not the scorer', () => {
    expect(heard({ scores: { match: { value: 'C', history } } })).toEqual([{ by: 'match', as: 'human', value: 1 }]);
    expect(categoryOf({ scores: { match: { value: 'C', history } } })).toBe('accepted');
    expect(categoryOf({ scores: { model_graded_qa: { value: 'I', history } } })).toBe('rejected');
  });

  test('says nothing by a number of unknown meaning, nor by a history without an author', () => {
    expect(heard({ scores: { dryness: { value: 1, history } } })).toMatchObject([{ as: 'noted' }]);
    expect(heard({ scores: { match: { value: 'I', history: history.slice(0, 1) } } })).toMatchObject([{ as: 'truth' }]);
  });
});
