import { expect, test } from 'vitest';
import { AUDIT_CHECKS } from '../../../domain/audit/index.ts';

test('sixteen checks, numbered in their order, each with a name of its own and a command to run when it fails', () => {
  expect(AUDIT_CHECKS.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, at) => at + 1));
  expect(new Set(AUDIT_CHECKS.map(({ name }) => name)).size).toBe(16);
  for (const { remedy, number } of AUDIT_CHECKS) if (number !== 16) expect(remedy, `check ${number}`).toMatch(/`lauter [a-z-]+/);
});
