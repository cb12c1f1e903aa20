import { describe, expect, test } from 'vitest';
import { RULES, scoreEvidence, type ScoredEvidence } from '../../../domain/score/index.ts';
import type { Category, VerdictWord } from '../../../schemas/vocabulary.ts';
import { attempt } from './attempt.ts';

const OPTIONS = { partialMin: 0.5 };

const human = (...verdicts: VerdictWord[]) => ({ human: verdicts.map((verdict, index) => ({ by: `rater ${index + 1}`, verdict })) });
const judges = (...verdicts: VerdictWord[]) => ({ judges: verdicts.map((verdict, index) => ({ by: `judge ${index + 1}`, verdict })) });
const reward = (value: number): Pick<ScoredEvidence, 'outcome'> => ({ outcome: { state: 'unknown', value, from: 'reward' } });
const tests = (value: number): Pick<ScoredEvidence, 'outcome'> => ({ outcome: { state: 'unknown', value, from: 'tests' } });

/** Each case: what stands in the record, the rule that decides, the category. */
const CASES: Readonly<Record<string, readonly [ScoredEvidence, string, Category]>> = {
  'no turn of the assistant': [attempt({ messages: [{ role: 'user', content: 'When is low tide?' }] }), 'no_output', 'rejected'],
  'a blank answer': [attempt({ answer: ' \n\t' }), 'no_output', 'rejected'],
  'a blank answer and a blank artifact': [attempt({ answer: '', artifacts: [{ kind: 'patch', text: '\n' }] }), 'no_output', 'rejected'],
  'the prompt said back': [attempt({ answer: 'When is  the tide lowest\ntoday?' }), 'no_output', 'rejected'],
  'only a refusal': [attempt({ answer: "I'm sorry, but I can't help with that." }), 'no_output', 'rejected'],

  'a human yes against failed tests': [
    attempt({ signals: { ...human('yes'), tests: { passed: false } } }),
    'contradiction',
    'needs_human_review',
  ],
  'a human no against a full reward': [attempt({ ...reward(1), signals: human('no') }), 'contradiction', 'needs_human_review'],
  'a human no against passed tests, told by the outcome alone': [
    attempt({ ...tests(1), signals: human('no') }),
    'contradiction',
    'needs_human_review',
  ],
  'two humans who differ': [attempt({ signals: human('yes', 'no') }), 'contradiction', 'needs_human_review'],
  'tests against reward': [attempt({ signals: { tests: { passed: true }, reward: 0 } }), 'contradiction', 'needs_human_review'],
  'a reward in a cancelled log': [attempt({ ...reward(1), signals: { cancelled: true } }), 'contradiction', 'needs_human_review'],
  'a zero reward in an errored log': [
    attempt({ ...reward(0), signals: { error: 'the sandbox went away' } }),
    'contradiction',
    'needs_human_review',
  ],
  'passed tests in a cancelled log, told by the outcome alone': [
    attempt({ ...tests(1), signals: { cancelled: true } }),
    'contradiction',
    'needs_human_review',
  ],

  'a human said no': [attempt({ signals: human('no') }), 'human', 'rejected'],
  'a human said yes': [attempt({ signals: human('yes') }), 'human', 'accepted'],
  'two humans said yes': [attempt({ signals: human('yes', 'yes') }), 'human', 'accepted'],
  'a human said partly': [attempt({ signals: human('partial') }), 'human', 'partially_accepted'],
  'one human said partly, one no': [attempt({ signals: human('partial', 'no') }), 'human', 'rejected'],
  'a human said yes to passed tests': [attempt({ ...tests(1), signals: human('yes') }), 'human', 'accepted'],
  'a human said no to failed tests': [attempt({ ...tests(0), signals: human('no') }), 'human', 'rejected'],

  'reward 1': [attempt(reward(1)), 'ground_truth', 'accepted'],
  'reward 0': [attempt(reward(0)), 'ground_truth', 'rejected'],
  'reward above 1': [attempt(reward(1.5)), 'ground_truth', 'accepted'],
  'reward below 0': [attempt(reward(-1)), 'ground_truth', 'rejected'],
  'tests passed': [attempt(tests(1)), 'ground_truth', 'accepted'],
  'tests failed': [attempt(tests(0)), 'ground_truth', 'rejected'],
  'failed tests among the signals only': [attempt({ signals: { tests: { passed: false } } }), 'ground_truth', 'rejected'],
  'a zero reward among the signals only': [attempt({ signals: { reward: 0 } }), 'ground_truth', 'rejected'],

  'reward at the limit': [attempt(reward(0.5)), 'partial_truth', 'partially_accepted'],
  'reward just below the limit': [attempt(reward(0.49)), 'partial_truth', 'rejected'],
  'reward just below 1': [attempt(reward(0.99)), 'partial_truth', 'partially_accepted'],
  'reward just above 0': [attempt(reward(0.01)), 'partial_truth', 'rejected'],
  'some of the tests passed': [attempt(tests(0.75)), 'partial_truth', 'partially_accepted'],

  'replay that failed its gate': [attempt({ origin: 'replay', signals: { proxies: { gate_passed: false } } }), 'replay_gate', 'rejected'],
  'replay that passed its gate': [
    attempt({ origin: 'replay', signals: { proxies: { gate_passed: true } } }),
    'replay_gate',
    'partially_accepted',
  ],
  'replay that passed its gate and is grounded': [
    attempt({ origin: 'replay', signals: { proxies: { gate_passed: true, grounded: true } } }),
    'replay_gate',
    'partially_accepted',
  ],
  'replay that passed its gate but is not grounded': [
    attempt({ origin: 'replay', signals: { proxies: { gate_passed: true, grounded: false } } }),
    'replay_gate',
    'rejected',
  ],
  'a gate outside of replay is a proxy': [attempt({ signals: { proxies: { gate_passed: true } } }), 'unverified', 'needs_human_review'],

  'two judges said yes': [attempt({ signals: judges('yes', 'yes') }), 'judge_panel', 'accepted'],
  'three judges said no': [attempt({ signals: judges('no', 'no', 'no') }), 'judge_panel', 'rejected'],
  'two judges said partly': [attempt({ signals: judges('partial', 'partial') }), 'judge_panel', 'partially_accepted'],
  'two judges differ': [attempt({ signals: judges('yes', 'no') }), 'judge_panel', 'needs_human_review'],
  'one of three judges said partly': [attempt({ signals: judges('yes', 'yes', 'partial') }), 'judge_panel', 'needs_human_review'],

  'one judge said yes': [attempt({ signals: judges('yes') }), 'single_judge', 'partially_accepted'],
  'one judge said no': [attempt({ signals: judges('no') }), 'single_judge', 'rejected'],
  'one judge said partly': [attempt({ signals: judges('partial') }), 'single_judge', 'needs_human_review'],

  cancelled: [attempt({ signals: { cancelled: true } }), 'unverified', 'needs_human_review'],
  truncated: [attempt({ signals: { truncated: true } }), 'unverified', 'needs_human_review'],
  errored: [attempt({ signals: { error: 'time ran out' } }), 'unverified', 'needs_human_review'],
  submitted: [attempt({ signals: { exit_status: 'submitted' } }), 'unverified', 'needs_human_review'],
  'clean proxies': [attempt({ signals: { proxies: { lint_clean: true, tests_well_formed: true } } }), 'unverified', 'needs_human_review'],

  'nothing known': [attempt(), 'nothing_known', 'needs_human_review'],
  'only a tool call': [
    attempt({ messages: [{ role: 'assistant', content: '', tool_calls: [{ id: 'call-1', name: 'tide_table', arguments: '{}' }] }] }),
    'nothing_known',
    'needs_human_review',
  ],
  'only an artifact': [attempt({ answer: '', artifacts: [{ kind: 'answer', text: '6:40' }] }), 'nothing_known', 'needs_human_review'],
  'an outcome from a judge is no ground truth': [
    attempt({ outcome: { state: 'success', value: 1, from: 'judge' } }),
    'nothing_known',
    'needs_human_review',
  ],
};

describe('the rule table', () => {
  test.each(Object.entries(CASES))('%s', (_name, [evidence, rule, category]) => {
    const score = scoreEvidence(evidence, OPTIONS);
    expect([score.rule, score.category]).toEqual([rule, category]);
    expect(score.reasons.length).toBeGreaterThan(0);
  });

  test('every rule decides some case', () => {
    expect(new Set(Object.values(CASES).map(([, rule]) => rule))).toEqual(new Set(RULES.map(({ name }) => name)));
  });

  test('moves with the limit for partial truth', () => {
    expect(scoreEvidence(attempt(reward(0.6)), { partialMin: 0.7 }).category).toBe('rejected');
    expect(scoreEvidence(attempt(reward(0.3)), { partialMin: 0.2 }).category).toBe('partially_accepted');
  });

  test('says the numbers that decided', () => {
    expect(scoreEvidence(attempt(reward(0.67)), OPTIONS).reasons).toEqual([
      { reason: 'reward', value: '0.67' },
      { reason: 'partial_min', value: '0.5' },
    ]);
  });
});

describe('the order of the rules', () => {
  const refusal = { answer: 'I cannot help with this request.' };
  const gate = { origin: 'replay' as const };
  const passed = { gate_passed: true };
  const proxies = { lint_clean: true };

  /** Each row applies to a record that meets both rules; the earlier one decides. */
  const SHADOWS: readonly (readonly [earlier: string, later: string, ScoredEvidence])[] = [
    ['no_output', 'contradiction', attempt({ ...refusal, signals: human('yes', 'no') })],
    ['no_output', 'human', attempt({ ...refusal, signals: human('yes') })],
    ['no_output', 'ground_truth', attempt({ ...refusal, ...reward(1) })],
    ['no_output', 'partial_truth', attempt({ ...refusal, ...reward(0.7) })],
    ['no_output', 'replay_gate', attempt({ ...refusal, ...gate, signals: { proxies: passed } })],
    ['no_output', 'judge_panel', attempt({ ...refusal, signals: judges('yes', 'yes') })],
    ['no_output', 'single_judge', attempt({ ...refusal, signals: judges('yes') })],
    ['no_output', 'unverified', attempt({ ...refusal, signals: { cancelled: true } })],
    ['contradiction', 'human', attempt({ signals: human('yes', 'no') })],
    ['contradiction', 'ground_truth', attempt({ ...reward(1), signals: { cancelled: true } })],
    ['contradiction', 'partial_truth', attempt({ ...reward(0.7), signals: { error: 'cut off' } })],
    ['contradiction', 'replay_gate', attempt({ ...gate, ...reward(1), signals: { proxies: passed, cancelled: true } })],
    ['contradiction', 'judge_panel', attempt({ signals: { ...human('yes', 'no'), ...judges('yes', 'yes') } })],
    ['contradiction', 'single_judge', attempt({ signals: { ...human('yes', 'no'), ...judges('yes') } })],
    ['contradiction', 'unverified', attempt({ ...reward(1), signals: { cancelled: true, proxies } })],
    ['human', 'ground_truth', attempt({ ...reward(1), signals: human('yes') })],
    ['human', 'partial_truth', attempt({ ...reward(0.7), signals: human('yes') })],
    ['human', 'replay_gate', attempt({ ...gate, signals: { ...human('yes'), proxies: passed } })],
    ['human', 'judge_panel', attempt({ signals: { ...human('yes'), ...judges('no', 'no') } })],
    ['human', 'single_judge', attempt({ signals: { ...human('yes'), ...judges('no') } })],
    ['human', 'unverified', attempt({ signals: { ...human('yes'), truncated: true } })],
    ['ground_truth', 'replay_gate', attempt({ ...gate, ...reward(0), signals: { proxies: passed } })],
    ['ground_truth', 'judge_panel', attempt({ ...reward(0), signals: judges('yes', 'yes') })],
    ['ground_truth', 'single_judge', attempt({ ...reward(0), signals: judges('yes') })],
    ['ground_truth', 'unverified', attempt({ ...reward(1), signals: { truncated: true } })],
    ['partial_truth', 'replay_gate', attempt({ ...gate, ...reward(0.4), signals: { proxies: passed } })],
    ['partial_truth', 'judge_panel', attempt({ ...reward(0.4), signals: judges('yes', 'yes') })],
    ['partial_truth', 'single_judge', attempt({ ...reward(0.4), signals: judges('yes') })],
    ['partial_truth', 'unverified', attempt({ ...reward(0.7), signals: { proxies } })],
    ['replay_gate', 'judge_panel', attempt({ ...gate, signals: { proxies: { gate_passed: false }, ...judges('yes', 'yes') } })],
    ['replay_gate', 'single_judge', attempt({ ...gate, signals: { proxies: { gate_passed: false }, ...judges('yes') } })],
    ['replay_gate', 'unverified', attempt({ ...gate, signals: { proxies: passed, truncated: true } })],
    ['judge_panel', 'single_judge', attempt({ signals: judges('yes', 'yes') })],
    ['judge_panel', 'unverified', attempt({ signals: { ...judges('yes', 'yes'), cancelled: true } })],
    ['single_judge', 'unverified', attempt({ signals: { ...judges('yes'), cancelled: true } })],
    ['unverified', 'nothing_known', attempt({ signals: { cancelled: true } })],
  ];

  test.each(SHADOWS)('%s comes before %s', (earlier, later, evidence) => {
    const meets = (name: string): boolean => RULES.find((rule) => rule.name === name)?.decide(evidence, OPTIONS) !== undefined;
    expect([meets(earlier), meets(later)]).toEqual([true, true]);
    expect(scoreEvidence(evidence, OPTIONS).rule).toBe(earlier);
  });

  test('is the order of the documents', () => {
    expect(RULES.map(({ name }) => name)).toEqual([
      'no_output',
      'contradiction',
      'human',
      'ground_truth',
      'partial_truth',
      'replay_gate',
      'judge_panel',
      'single_judge',
      'unverified',
      'nothing_known',
    ]);
  });
});
