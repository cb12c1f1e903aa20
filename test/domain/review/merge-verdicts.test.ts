import { describe, expect, test } from 'vitest';
import { mergeVerdicts, verdictsInForce } from '../../../domain/review/index.ts';
import { scoreEvidence } from '../../../domain/score/index.ts';
import type { Signals } from '../../../schemas/evidence.ts';
import type { Verdict } from '../../../schemas/verdict.ts';
import { idOf, signals, verdict } from './verdicts.ts';

/** Category and rule of a record with an answer, once these verdicts are merged into what its source says. */
function scored(given: readonly Verdict[], said: Signals = signals()): string {
  const evidence = {
    task: { text: 'May the ferry leave in this fog?' },
    messages: [
      { role: 'user' as const, content: 'May the ferry leave in this fog?' },
      { role: 'assistant' as const, content: 'Not before the horn has been mended.' },
    ],
    artifacts: [],
    outcome: { state: 'unknown' as const, value: null, from: 'none' as const },
    origin: 'external' as const,
    signals: mergeVerdicts(said, verdictsInForce(given).get(idOf('a')) ?? []),
  };
  const { category, rule } = scoreEvidence(evidence, { partialMin: 0.5 });
  return `${category} by ${rule}`;
}

describe('a record that nobody judged', () => {
  test.each([
    ['no verdict', [], 'needs_human_review by nothing_known'],
    ['yes', [verdict('harbor master', 'yes')], 'accepted by human'],
    ['no', [verdict('harbor master', 'no')], 'rejected by human'],
    ['partial', [verdict('harbor master', 'partial')], 'partially_accepted by human'],
    ['two agree', [verdict('harbor master', 'yes'), verdict('pilot', 'yes')], 'accepted by human'],
    ['raters in disagreement', [verdict('harbor master', 'yes'), verdict('pilot', 'no')], 'needs_human_review by contradiction'],
    ['one of three disagrees', [verdict('a', 'yes'), verdict('b', 'yes'), verdict('c', 'no')], 'needs_human_review by contradiction'],
    ['one changes their mind', [verdict('pilot', 'no'), verdict('pilot', 'yes', 'a', 5)], 'accepted by human'],
    [
      'a disagreement is settled when one of the two changes their mind',
      [verdict('harbor master', 'yes'), verdict('pilot', 'no'), verdict('pilot', 'yes', 'a', 5)],
      'accepted by human',
    ],
    ['a verdict on another record', [verdict('pilot', 'yes', 'b')], 'needs_human_review by nothing_known'],
  ])('%s', (_, given, expected) => {
    expect(scored(given)).toBe(expected);
  });
});

describe('a verdict is one voice among the sources of truth', () => {
  test.each([
    ['it says what the tests say', signals({ tests: { passed: true } }), 'yes', 'accepted by human'],
    ['the tests say the opposite', signals({ tests: { passed: false } }), 'yes', 'needs_human_review by contradiction'],
    ['its source has another human', signals({ human: [{ by: 'label', verdict: 'no' }] }), 'yes', 'needs_human_review by contradiction'],
    ['judges are only opinions', signals({ judges: [{ by: 'model', verdict: 'no' }] }), 'yes', 'accepted by human'],
    ['proxies are only signs', signals({ proxies: { lint: 'clean' } }), 'no', 'rejected by human'],
    ['the attempt was cancelled', signals({ cancelled: true }), 'yes', 'needs_human_review by contradiction'],
  ] as const)('%s', (_, said, word, expected) => {
    expect(scored([verdict('pilot', word)], said)).toBe(expected);
  });
});

describe('merging', () => {
  test('leaves signals without verdicts as they are, and what it was given untouched', () => {
    const said = signals({ human: [{ by: 'label', verdict: 'yes' }] });
    expect(mergeVerdicts(said, [])).toBe(said);
    expect(mergeVerdicts(said, [verdict('pilot', 'no')]).human).toEqual([
      { by: 'label', verdict: 'yes' },
      { by: 'pilot', verdict: 'no' },
    ]);
    expect(said.human).toHaveLength(1);
  });

  test('the order in which people spoke does not matter', () => {
    const given = [verdict('pilot', 'no', 'a', 1), verdict('harbor master', 'yes', 'a', 2)];
    const merged = [given, given.toReversed()].map((list) => mergeVerdicts(signals(), verdictsInForce(list).get(idOf('a'))!).human);
    expect(merged[0]).toEqual(merged[1]);
    expect(merged[0]!.map(({ by }) => by)).toEqual(['harbor master', 'pilot']);
  });

  test('addresses of people do not get into scored runs, and people stay apart', () => {
    const merged = mergeVerdicts(signals(), [verdict('desk@tidewater.example', 'yes'), verdict('pier@tidewater.example', 'no')]);
    expect(merged.human).toEqual([
      { by: '[EMAIL_1]', verdict: 'yes' },
      { by: '[EMAIL_2]', verdict: 'no' },
    ]);
  });
});
