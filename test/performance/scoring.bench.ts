import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';

/** Outside the test runner, as the others. */
test('scoring', () => {
  const [loader, program] = ['../support/typescript-loader.mjs', 'measure-scoring.ts'].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  );
  execFileSync(process.execPath, ['--import', loader!, program!], { stdio: ['ignore', 'inherit', 'inherit'] });
});
