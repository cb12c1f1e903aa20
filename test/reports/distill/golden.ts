import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

const RENEWAL = 'LAUTER_UPDATE_GOLDEN=1 npx vitest run test/reports/distill';

/** Compares with the committed file; with LAUTER_UPDATE_GOLDEN=1 it writes that file instead, to be looked at before it is committed. */
export function expectGolden(name: string, text: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env['LAUTER_UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text, `${name} is not what is committed. If the change is meant, renew it and look at it: ${RENEWAL}`).toBe(
    readFileSync(file, 'utf8'),
  );
}
