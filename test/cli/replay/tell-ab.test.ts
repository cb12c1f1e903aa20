import { expect, test } from 'vitest';
import { tellAb } from '../../../cli/replay/tell-ab.ts';
import { compareArms, type AbTask } from '../../../domain/replay-arms/index.ts';
import { answered, BELL, FRAME, SKIPPED, unanswered, type Given } from '../../domain/replay-arms/outcomes.ts';

const LUCKY = 'The keeper rings the bell for 90 seconds at dawn, as lock-house/bell.md has told everybody at the lock for many years.';
const HOSTILE = 'The keeper rings the bell for 40 seconds\u001b[31m at dawn, as everybody at the lock has known for many years by heart.';

const grounded: Given = { answer: LUCKY, named: [true, true], bundle: BELL };
const invented: Given = { answer: HOSTILE, named: [false], refused: ['ungrounded'] };

function pair(id: string, withIt: Given, without: Given): AbTask {
  return { id, with: answered(id, withIt), without: answered(id, without) };
}

const FIVE = ['t1', 't2', 't3', 't4', 't5'].map((id) => pair(id, grounded, invented));

test('a comparison is told in words and numbers, with the first answers side by side', () => {
  const told = tellAb(compareArms(FIVE, FRAME));
  expect(told).toMatch(/^5 tasks, 5 answered in both arms; 446 playbooks, found by jaccard$/m);
  expect(told).toMatch(/^with playbooks\s+5\/5 100% \[56\.6%, 100%\]\s+5\/5 100%/m);
  expect(told).toMatch(/^without, on the same evidence\s+0\/5 0%/m);
  // Five that differ, all in favour: 2 of 2^5 ways.
  expect(told).toMatch(/^gate passed\s+0\s+5\s+0\s+0\s+\+100\.0 pp .*0\.0625$/m);
  expect(told).toMatch(/^share of things grounded\s+5\s+0\s+100%\s+0%\s+\+100\.0 pp/m);
  expect(told).toContain('t1: How is the lock t1 opened at dawn?');
  expect(told).toMatch(/with {5}passed\n {11,}The keeper rings the bell for 90 seconds/);
  expect(told).toContain('and 2 more that came out differently: --json tells all');
  expect(told).toMatch(/^compared {2}ab-1$/m);
});

test('what stands in an answer does nothing to the terminal', () => {
  expect(tellAb(compareArms(FIVE, FRAME))).not.toContain('\u001b');
});

test('tasks without an answer are counted, and figures without any are dashes', () => {
  const tasks: AbTask[] = [
    { id: 't1', with: unanswered('t1'), without: answered('t1', invented) },
    { id: 't2', with: answered('t2', grounded), without: SKIPPED },
  ];
  const told = tellAb(compareArms(tasks, FRAME));
  expect(told).toContain('unanswered: 1 with playbooks, 0 without');
  expect(told).toContain('skipped for the budget: 0 with playbooks, 1 without');
  expect(told).toMatch(/^gate passed\s+0\s+0\s+0\s+0\s+–\s+–\s+–$/m);
  expect(told).toMatch(/^unfinished {2}ab-1$/m);
});
