import { expect, test } from 'vitest';
import { explainScore, RULES, scoreEvidence, wordsOfRule, type ScoredEvidence } from '../../../domain/score/index.ts';

const OPTIONS = { partialMin: 0.5 };

function attempt(more: Partial<ScoredEvidence>): ScoredEvidence {
  return {
    task: { text: 'Which berth is free?' },
    messages: [
      { role: 'user', content: 'Which berth is free?' },
      { role: 'assistant', content: 'Berth 7.' },
    ],
    artifacts: [],
    outcome: { state: 'unknown', value: null, from: 'none' },
    signals: { human: [], judges: [], cancelled: false, truncated: false, proxies: {} },
    origin: 'external',
    ...more,
  };
}

test('the decision is that of scoring, with the rules that were passed over in their order', () => {
  const cases = [
    attempt({ messages: [] }),
    attempt({ outcome: { state: 'success', value: 1, from: 'reward' } }),
    attempt({ signals: { human: [], judges: [{ by: 'critic', verdict: 'no' }], cancelled: false, truncated: false, proxies: {} } }),
    attempt({}),
  ];
  const decided = cases.map((evidence) => {
    const { score, passedOver } = explainScore(evidence, OPTIONS);
    expect(score).toMatchObject(scoreEvidence(evidence, OPTIONS));
    expect([...passedOver.map(({ rule }) => rule), score.rule]).toEqual(RULES.slice(0, passedOver.length + 1).map(({ name }) => name));
    return [score.rule, passedOver.length];
  });
  expect(decided).toEqual([
    ['no_output', 0],
    ['ground_truth', 3],
    ['single_judge', 7],
    ['nothing_known', 9],
  ]);
});

test('every rule has words; a rule of another table has none', () => {
  for (const { name, when } of RULES) expect(wordsOfRule(name)).toBe(when);
  expect(wordsOfRule('by_the_weather')).toBeUndefined();
});
