import { describe, expect, it } from 'vitest';
import { RULES, scoreEvidence, type ScoredEvidence } from '../../domain/score/index.ts';
import type { Category } from '../../schemas/vocabulary.ts';
import { CATEGORIES, QUARANTINE_REASONS, REFUSAL_REASONS } from '../../schemas/vocabulary.ts';
import { attempt } from '../domain/score/attempt.ts';
import { readDocument, tableBelow } from './document.ts';

const { text } = readDocument('docs/rules.md');
const says = (verdict: 'yes' | 'no' | 'partial', by = 'harbour master') => ({ by, verdict });

/** One attempt for each decision that a rule can take. */
const DECISIONS: readonly (readonly [string, Category, ScoredEvidence])[] = [
  ['no_output', 'rejected', attempt({ answer: '' })],
  ['contradiction', 'needs_human_review', attempt({ signals: { human: [says('yes')], tests: { passed: false } } })],
  ['human', 'rejected', attempt({ signals: { human: [says('no')] } })],
  ['human', 'partially_accepted', attempt({ signals: { human: [says('partial')] } })],
  ['human', 'accepted', attempt({ signals: { human: [says('yes')] } })],
  ['ground_truth', 'accepted', attempt({ outcome: { state: 'success', value: 1, from: 'tests' } })],
  ['ground_truth', 'rejected', attempt({ outcome: { state: 'failure', value: 0, from: 'reward' } })],
  ['partial_truth', 'partially_accepted', attempt({ outcome: { state: 'partial', value: 0.5, from: 'reward' } })],
  ['partial_truth', 'rejected', attempt({ outcome: { state: 'partial', value: 0.4, from: 'reward' } })],
  ['replay_gate', 'partially_accepted', attempt({ origin: 'replay', signals: { proxies: { gate_passed: true, grounded: true } } })],
  ['replay_gate', 'rejected', attempt({ origin: 'replay', signals: { proxies: { gate_passed: false } } })],
  ['judge_panel', 'accepted', attempt({ signals: { judges: [says('yes', 'first'), says('yes', 'second')] } })],
  ['judge_panel', 'partially_accepted', attempt({ signals: { judges: [says('partial', 'first'), says('partial', 'second')] } })],
  ['judge_panel', 'rejected', attempt({ signals: { judges: [says('no', 'first'), says('no', 'second')] } })],
  ['judge_panel', 'needs_human_review', attempt({ signals: { judges: [says('yes', 'first'), says('no', 'second')] } })],
  ['single_judge', 'partially_accepted', attempt({ signals: { judges: [says('yes')] } })],
  ['single_judge', 'rejected', attempt({ signals: { judges: [says('no')] } })],
  ['single_judge', 'needs_human_review', attempt({ signals: { judges: [says('partial')] } })],
  ['unverified', 'needs_human_review', attempt({ signals: { proxies: { lint_clean: true } } })],
  ['nothing_known', 'needs_human_review', attempt()],
];

describe('the table of score rules', () => {
  const rows = tableBelow(text, 'Score rules');

  it('names the rules of the code, in their order, with their words', () => {
    expect(rows.map(([place, name, when]) => [place, name, when])).toEqual(
      RULES.map(({ name, when }, index) => [String(index + 1), `\`${name}\``, when]),
    );
  });

  it.each(DECISIONS)('lets %s give %s as the code does', (rule, category, evidence) => {
    expect(scoreEvidence(evidence, { partialMin: 0.5 })).toMatchObject({ rule, category });
  });

  it.each(RULES)('says of $name which categories it gives, and no other', ({ name }) => {
    const gives = rows.find((row) => row[1] === `\`${name}\``)?.[3] ?? '';
    const given = DECISIONS.filter(([rule]) => rule === name).map(([, category]) => category);
    expect(CATEGORIES.filter((category) => gives.includes(`\`${category}\``)).toSorted()).toEqual(given.toSorted());
  });
});

describe('the tables of reasons', () => {
  it.each([
    ['Quarantine reasons', QUARANTINE_REASONS],
    ['Reasons to refuse a run', REFUSAL_REASONS],
  ])('%s: the words and sentences of the vocabulary', (heading, reasons) => {
    expect(tableBelow(text, heading)).toEqual(Object.entries(reasons).map(([word, sentence]) => [`\`${word}\``, sentence]));
  });
});

describe('reading a table', () => {
  it('finds the rows below a heading and none below one that is not there', () => {
    const page = '# Tides\n\n| day | low |\n| --- | --- |\n| Monday | 6:40 |\n\n## Boats\n\n| name |\n| --- |\n| Gull |\n';
    expect(tableBelow(page, 'Tides')).toEqual([['Monday', '6:40']]);
    expect(tableBelow(page, 'Boats')).toEqual([['Gull']]);
    expect(tableBelow(page, 'Locks')).toEqual([]);
  });
});
