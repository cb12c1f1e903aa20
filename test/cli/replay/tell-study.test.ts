import { expect, test } from 'vitest';
import { tellStudy } from '../../../cli/replay/tell-study.ts';
import { measureStudy, type StudyShare } from '../../../domain/replay-arms/index.ts';
import { answered, FRAME, SKIPPED } from '../../domain/replay-arms/outcomes.ts';

const PLAIN = 'The keeper rings the bell at dawn, and waits until the water stands level on both sides of the gate.';
const steady = answered('t1', { answer: PLAIN });
const other = answered('t2', { answer: `${PLAIN} Then the gate is opened.`, escalated: true });

/** Two tasks, twice: the second wavers with a quarter of the playbooks, and no longer with all of them. */
const SHARES: readonly StudyShare[] = [
  {
    share: 0.25,
    rows: 112,
    sha256: 'c'.repeat(64),
    repeats: [
      [steady, answered('t2', { answer: PLAIN })],
      [steady, other],
    ],
  },
  {
    share: 1,
    rows: 446,
    sha256: 'c'.repeat(64),
    repeats: [
      [steady, other],
      [steady, other],
    ],
  },
];

test('a study is told share by share', () => {
  const told = tellStudy(measureStudy(['t1', 't2'], SHARES, { ...FRAME, run_id: 'study-1' }));
  expect(told).toMatch(/^2 tasks, 2 times over each share of 446 playbooks, found by jaccard: 8 answers$/m);
  // Of the two tasks one says the same twice.
  expect(told).toMatch(/^25\.0%\s+112\s+50\.0% \[.*\s1\.5\s/m);
  expect(told).toMatch(/^100%\s+446\s+100% \[.*\s1\s/m);
  expect(told).toMatch(/^25\.0%\s+112\s+4\/4 100%.*1\/4 25\.0%/m);
  expect(told).toMatch(/^100%\s+446\s+4\/4 100%.*2\/4 50\.0%/m);
  expect(told).toContain('100% against 25.0%, 2 tasks with an answer at both:');
  expect(told).toMatch(/^measured {2}study-1$/m);
});

test('what is missing is counted, and what it leaves nothing of is a dash', () => {
  const told = tellStudy(measureStudy(['t1'], [{ share: 1, rows: 446, sha256: 'c'.repeat(64), repeats: [[steady], [SKIPPED]] }], FRAME));
  expect(told).toContain('unanswered: 0; skipped for the budget: 1');
  expect(told).toMatch(/^100%\s+446\s+–\s+–\s/m);
  expect(told).not.toContain('against');
  expect(told).toMatch(/^unfinished/m);
});
