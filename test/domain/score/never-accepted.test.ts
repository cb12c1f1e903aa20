import { describe, expect, test } from 'vitest';
import { scoreEvidence, type ScoredEvidence } from '../../../domain/score/index.ts';
import { OUTCOME_ORIGINS, OUTCOME_STATES, VERDICT_WORDS } from '../../../schemas/vocabulary.ts';
import { attempt } from './attempt.ts';
import { fc } from '../../support/fast-check.ts';

const OPTIONS = { partialMin: 0.5 };
const values = fc.constantFrom(-1, 0, 0.2, 0.49, 0.5, 0.8, 1, 2);
const words = fc.array(fc.record({ by: fc.constantFrom('Ines', 'Noor', 'the rubric'), verdict: fc.constantFrom(...VERDICT_WORDS) }), {
  maxLength: 3,
});
const proxies = fc.dictionary(
  fc.constantFrom('lint_clean', 'gate_passed', 'grounded', 'patch_applies', 'turns'),
  fc.oneof(fc.boolean(), fc.nat(9), fc.constantFrom('true', 'submitted')),
);

/** Signals and an outcome that need not fit together: an adapter may get it wrong. */
const evidence: fc.Arbitrary<ScoredEvidence> = fc
  .record({
    outcome: fc.record({
      state: fc.constantFrom(...OUTCOME_STATES),
      value: fc.option(values),
      from: fc.constantFrom(...OUTCOME_ORIGINS),
    }),
    origin: fc.constantFrom('external', 'replay'),
    human: words,
    judges: words,
    tests: fc.option(fc.record({ passed: fc.boolean() }), { nil: undefined }),
    reward: fc.option(values, { nil: undefined }),
    cancelled: fc.boolean(),
    truncated: fc.boolean(),
    proxies,
  })
  .map(({ outcome, origin, tests, reward, ...rest }) =>
    attempt({
      outcome,
      origin,
      signals: { ...rest, ...(tests === undefined ? {} : { tests }), ...(reward === undefined ? {} : { reward }) },
    }),
  );

describe('never accepted', () => {
  test('is a record with a failing truth', () => {
    const failing = evidence.filter(hasFailingTruth);
    fc.assert(
      fc.property(failing, (record) => scoreEvidence(record, OPTIONS).category !== 'accepted'),
      { numRuns: 2000 },
    );
  });

  test('is a record that nobody who could know has judged, whatever its proxies say', () => {
    const unlabelled = evidence.map((record): ScoredEvidence => {
      const { tests: _tests, reward: _reward, ...signals } = record.signals;
      return { ...record, outcome: { state: 'unknown', value: null, from: 'none' }, signals: { ...signals, human: [], judges: [] } };
    });
    fc.assert(
      fc.property(unlabelled, (record) => scoreEvidence(record, OPTIONS).category !== 'accepted'),
      { numRuns: 1000 },
    );
  });

  test('is a record that only one judge has seen', () => {
    const judged = fc.constantFrom(...VERDICT_WORDS).map((verdict) => attempt({ signals: { judges: [{ by: 'the rubric', verdict }] } }));
    fc.assert(fc.property(judged, (record) => scoreEvidence(record, OPTIONS).category !== 'accepted'));
  });

  test('and yet some records of that kind are accepted: the property can fail', () => {
    const categories = fc.sample(evidence, { numRuns: 500, seed: 3 }).map((record) => scoreEvidence(record, OPTIONS).category);
    expect(new Set(categories)).toEqual(new Set(['accepted', 'partially_accepted', 'rejected', 'needs_human_review']));
  });
});

test('the same record gives the same score, and is not changed', () => {
  fc.assert(
    fc.property(evidence, (record) => {
      const before = structuredClone(record);
      expect(scoreEvidence(record, OPTIONS)).toEqual(scoreEvidence(structuredClone(record), OPTIONS));
      expect(record).toEqual(before);
    }),
  );
});

function hasFailingTruth({ signals, outcome }: ScoredEvidence): boolean {
  const measured = outcome.from === 'reward' || outcome.from === 'tests' ? outcome.value : null;
  return (
    signals.human.some(({ verdict }) => verdict === 'no') ||
    signals.tests?.passed === false ||
    (signals.reward ?? 1) < OPTIONS.partialMin ||
    (measured ?? 1) < OPTIONS.partialMin
  );
}
