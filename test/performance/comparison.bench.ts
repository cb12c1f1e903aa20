import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';

/** Outside the test runner, which calls imported functions by a detour. */
test('comparison', () => {
  const [loader, program] = ['../support/typescript-loader.mjs', 'measure-comparison.ts'].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  );
  execFileSync(process.execPath, ['--import', loader!, program!], { stdio: ['ignore', 'inherit', 'inherit'] });
});
