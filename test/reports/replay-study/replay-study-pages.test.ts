import { describe, expect, test } from 'vitest';
import { replayStudyPages } from '../../../reports/replay-study/replay-study-pages.ts';
import { replayStudySchema, type ReplayStudy } from '../../../schemas/replay-study.ts';
import { REPLAY_ARMS_FIXTURES } from '../../schemas/replay-arms-fixtures.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';
import { poisonTexts } from '../shared/poison-texts.ts';

const STUDY = replayStudySchema.parse(REPLAY_ARMS_FIXTURES['replayStudySchema']!.accepts[0]);
const SHARE = STUDY.shares[0]!;
const pageOf = (study: ReplayStudy): string => replayStudyPages(study).at(-1)!.text;

function grown(significant: boolean, delta: number): ReplayStudy {
  const convergence = STUDY.convergence!;
  const passes = { ...convergence.passes_by_majority, significant, delta };
  return {
    ...STUDY,
    verdict: 'measured',
    shares: [
      { ...SHARE, rows: 112 },
      { ...SHARE, share: 1, rows: 446 },
    ],
    convergence: { ...convergence, passes_by_majority: passes },
  };
}

describe('the verdict', () => {
  test.each([
    ['More playbooks, more passes', grown(true, 0.3)],
    ['More playbooks, fewer passes', grown(true, -0.3)],
    ['No difference shown', grown(false, 0.3)],
    ['Measured', { ...STUDY, verdict: 'measured' as const, convergence: null }],
    ['Unfinished', { ...grown(true, 0.3), verdict: 'unfinished' as const }],
  ])('%s', (word, study) => {
    expect(pageOf(study)).toContain(`${word}</h2>`);
  });

  test('tells what became of the tasks between the smallest share and the largest', () => {
    expect(pageOf(grown(true, 0.3))).toContain(
      'From 112 to 446 playbooks, of 2 tasks 1 pass only with more and 0 only with fewer, 1 with both and 0 with neither',
    );
  });
});

test('answers that had less to go by are told of, share by share', () => {
  const study = grown(true, 0.3);
  const shares = [
    { ...study.shares[0]!, trimmed: 2, degraded: 0 },
    { ...study.shares[1]!, trimmed: 0, degraded: 1 },
  ];
  const page = pageOf({ ...study, shares });
  expect(page).toMatch(/with 112 playbooks:.{0,80}2 answers had a bundle that was trimmed to the window/s);
  expect(page).toMatch(/with 446 playbooks:.{0,80}1 answer had playbooks that were found otherwise than asked for/s);
});

test('the curve has a panel for each measure, its rows below, and says the same in words', () => {
  const page = pageOf(grown(true, 0.3));
  for (const title of ['Gate passed', 'Same answer in repeats', 'Words in common of repeats', 'Escalated'])
    expect(page).toContain(`>${title}</text>`);
  expect(page).toContain('>112 rows</text>');
  expect(page).toContain('Gate passed: from 50.0% (9.0% to 91.0%) to 50.0% (9.0% to 91.0%).');
});

test('what was not repeated has no agreement, and no panel', () => {
  const nothing = { tasks: 0, mean: null, ci95: null };
  const once = { ...SHARE, exact_agreement: nothing, token_agreement: nothing };
  expect(pageOf({ ...STUDY, shares: [once] })).not.toContain('>Same answer in repeats</text>');
});

test('shares and tasks lie beside the page in full', () => {
  const files = new Map(replayStudyPages(grown(true, 0.3)).map(({ name, text }) => [name, text]));
  const [head, first] = files.get('replay-study-shares.csv')!.split('\n');
  expect(head!.split(',').slice(0, 5)).toEqual(['rows', 'share', 'gate_pass', 'gate_pass_low', 'gate_pass_high']);
  expect(first!.split(',').slice(0, 5)).toEqual(['112', '0.5', '0.5', '0.09', '0.91']);
  expect(files.get('replay-study-tasks.csv')!.split('\n')).toHaveLength(2 + 2 * SHARE.tasks.length);
  expect(replayStudySchema.parse(JSON.parse(files.get('replay-study.json')!))).toEqual(grown(true, 0.3));
});

test('hostile names stay text', () => {
  const files = replayStudyPages(poisonTexts(replayStudySchema, STUDY));
  expect(findMarkupFaults(files.at(-1)!.text)).toEqual([]);
  expect(files.at(-1)!.text).not.toMatch(/<script|<img/);
});
