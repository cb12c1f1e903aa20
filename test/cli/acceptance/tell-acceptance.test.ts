import { expect, test } from 'vitest';
import { tellAcceptance } from '../../../cli/acceptance/tell-acceptance.ts';
import { ALL_HOLD, ONE_IS_BROKEN } from '../../support/acceptance-reports.ts';

const PLAIN = { hasColour: false };

test('each invariant on a line with its mark, and how much was looked at', () => {
  const told = tellAcceptance(ALL_HOLD, PLAIN);
  expect(told).toContain('✔ 2/2 invariants hold   21.4 s');
  expect(told).toContain('159 records of 41 files in 17 sources, 43 planted secrets and personal data');
  expect(told).toContain('✔  1  records = evidence + quarantined, per file');
  expect(told).not.toContain('✘');
});

test('of one that does not hold: expected, found, where, and what to do', () => {
  const told = tellAcceptance(ONE_IS_BROKEN, PLAIN);
  expect(told).toContain('✘ 1/2 invariants hold');
  expect(told).toMatch(/✘ {2}2 {2}every evidence row validates\n\s+expected a row that evidence\/1 allows\n\s+found/);
  expect(told).toContain('where    evidence 7f');
  expect(told).toContain('lauter distill acceptance --keep');
  expect(told).not.toContain('\u001b');
});

test('where the runs were kept', () => {
  const told = tellAcceptance({ ...ONE_IS_BROKEN, kept: 'runs-of-today' }, PLAIN);
  expect(told).toContain('kept: runs-of-today');
  expect(told).toContain('--workspace runs-of-today/main');
});
