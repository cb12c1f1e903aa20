import { expect, test } from 'vitest';
import { JUDGE_CANARIES } from '../../../../domain/bench/judge/canaries.ts';
import { summarizeJudge, type JudgedEvent } from '../../../../domain/bench/judge/summarize-judge.ts';
import { inspectOutput } from '../../../../domain/bench/gates/inspect-output.ts';

const scored = (event_id: string, accuracy: number, usefulness = accuracy, ask_suitability = accuracy): JudgedEvent => ({
  event_id,
  judging: { state: 'scored', scores: { accuracy, usefulness, ask_suitability } },
});
const unscored = (event_id: string): JudgedEvent => ({ event_id, judging: { state: 'unscored', reason: 'unreadable_reply' } });
const CANARIES = [scored('canary-1', 1), scored('canary-2', 2, 1, 1)];

/** Twenty events, of which the last ones are not scored. */
const sampleWith = (missing: number): JudgedEvent[] =>
  Array.from({ length: 20 }, (_, index) => (index < 20 - missing ? scored(`event-${index}`, 4) : unscored(`event-${index}`)));

test('the mean over items of the means over dimensions', () => {
  const judge = summarizeJudge([scored('a', 5, 4, 3), scored('b', 2, 1, 3)], CANARIES);
  expect(judge).toEqual({
    mean: 3,
    dimension_means: { accuracy: 3.5, usefulness: 2.5, ask_suitability: 3 },
    scored: 2,
    missing: 0,
    per_item: [
      { event_id: 'a', scores: { accuracy: 5, usefulness: 4, ask_suitability: 3 }, mean: 4 },
      { event_id: 'b', scores: { accuracy: 2, usefulness: 1, ask_suitability: 3 }, mean: 2 },
    ],
    reason: null,
  });
});

test('two of twenty may be unscored, three may not; none of them is a zero, none is dropped', () => {
  const enough = summarizeJudge(sampleWith(2), CANARIES);
  expect(enough).toMatchObject({ mean: 4, scored: 18, missing: 2, reason: null });
  expect(enough.per_item).toHaveLength(20);
  expect(enough.per_item.at(-1)).toEqual({ event_id: 'event-19', scores: {}, mean: null });
  const tooFew = summarizeJudge(sampleWith(3), CANARIES);
  expect(tooFew).toMatchObject({ mean: null, scored: 17, missing: 3, reason: 'judge_unscored' });
  expect(tooFew.dimension_means).toEqual({ accuracy: null, usefulness: null, ask_suitability: null });
});

test('a canary that is liked makes the result null', () => {
  expect(summarizeJudge(sampleWith(0), [scored('canary-1', 1), scored('canary-2', 4)])).toMatchObject({
    mean: null,
    reason: 'judge_canary',
  });
  expect(summarizeJudge(sampleWith(0), [scored('canary-1', 5, 4, 3)])).toMatchObject({ mean: null, reason: 'judge_canary' });
  expect(summarizeJudge(sampleWith(0), [scored('canary-1', 4, 4, 3)])).toMatchObject({ mean: 4, reason: null });
});

test('a canary that was not scored proves nothing', () => {
  expect(summarizeJudge(sampleWith(0), [unscored('canary-1')])).toMatchObject({ mean: null, reason: 'judge_canary_unscored' });
});

test('no sample, no mean', () => {
  expect(summarizeJudge([], CANARIES)).toMatchObject({ mean: null, reason: 'judge_no_sample', scored: 0 });
});

test('there are two canaries, and their notes are valid, so that only reading them shows that they are wrong', () => {
  expect(JUDGE_CANARIES).toHaveLength(2);
  for (const { raw_output, source, redacted_content } of JUDGE_CANARIES) {
    expect(inspectOutput(raw_output, { source, redacted_content }).gates.schema_errors).toEqual([]);
  }
});
