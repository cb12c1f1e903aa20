import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { INVARIANTS } from '../../domain/acceptance/index.ts';
import { PROJECT_ROOT } from './document.ts';

test('docs/acceptance.md lists every invariant with its number and name', () => {
  const text = readFileSync(join(PROJECT_ROOT, 'docs/acceptance.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (\d+) \| (.+?) \| .+ \|$/gm)].map(([, number, name]) => [Number(number), name]);
  expect(rows).toEqual(INVARIANTS.map(({ number, name }) => [number, name]));
});
