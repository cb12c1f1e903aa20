import { describe, expect, it } from 'vitest';
import { truthOfScores, type TraceScore } from '../../../adapters/sources/trace-scores.ts';

describe('scores of a trace', () => {
  it.each([
    ['pass', 0.2, 'yes'],
    ['Not Relevant', 1, 'no'],
    ['thumbs-up', undefined, 'yes'],
    ['Partially correct', undefined, 'partial'],
    [undefined, 1, 'yes'],
    [undefined, 0, 'no'],
    [undefined, 0.9, 'partial'],
  ] as const)('labelled %s with the value %s say %s', (label, value, verdict) => {
    expect(truthOfScores([score({ label, value })]).signals.judges).toMatchObject([{ by: 'correctness', verdict }]);
  });

  it.each([
    ['a value on a scale that nobody stated', { value: 4 }],
    ['a label that is no known word, whatever its number', { label: 'sea-worthy', value: 1 }],
    ['a name of which much is bad', { name: 'Toxicity', value: 1 }],
    ['a name of which much is bad, with a good word in it', { name: 'incorrect_claims', value: 0 }],
    ['what a person thinks of something else than the answer being right', { from: 'human', name: 'tone', value: 1 }],
  ] as const)('stay proxies: %s', (_why, given) => {
    const { outcome, signals } = truthOfScores([score(given)]);
    expect([signals.human, signals.judges, outcome.state]).toEqual([[], [], 'unknown']);
    expect(Object.keys(signals.proxies)).toHaveLength(1);
  });

  it('count as the options say, whoever gave them', () => {
    const readings = {
      stars: { as: 'human', pass: 4, fail: 2 },
      suite: 'tests',
      payoff: 'reward',
      Toxicity: { labels: { calm: 'yes' } },
    } as const;
    const { signals } = truthOfScores(
      [
        score({ name: 'stars', value: 3 }),
        score({ name: 'suite', value: 1 }),
        score({ name: 'suite', value: 0 }),
        score({ name: 'payoff', value: 0.25 }),
        score({ name: 'Toxicity', label: 'calm' }),
      ],
      readings,
    );
    expect(signals).toMatchObject({
      human: [{ by: 'stars', verdict: 'partial', value: 3 }],
      judges: [{ by: 'Toxicity', verdict: 'yes' }],
      tests: { passed: false, detail: 'suite' },
      reward: 0.25,
    });
  });

  it('with a pass mark alone say no below it', () => {
    const readings = { stars: { pass: 4 } };
    expect(truthOfScores([score({ name: 'stars', value: 3.9 })], readings).signals.judges).toMatchObject([{ verdict: 'no' }]);
    expect(truthOfScores([score({ name: 'stars', value: 4 })], readings).signals.judges).toMatchObject([{ verdict: 'yes' }]);
  });

  it('that a person gave go before those of judges; people who differ leave the outcome open', () => {
    const yes = score({ from: 'human', value: 1 });
    const no = score({ from: 'human', name: 'accuracy', value: 0 });
    expect(truthOfScores([yes, score({ value: 0 })]).outcome).toEqual({ state: 'success', value: 1, from: 'human' });
    expect(truthOfScores([yes, no]).outcome).toEqual({ state: 'unknown', value: null, from: 'none' });
  });
});

function score(given: { readonly [Field in keyof TraceScore]?: TraceScore[Field] | undefined }): TraceScore {
  return { name: given.name ?? 'correctness', from: given.from ?? 'judge', value: given.value, label: given.label };
}
