import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'vitest';

/** Run outside the test runner, which calls imported functions by a detour that costs more than these functions do. */
test('replay', () => {
  const [loader, program] = ['../support/typescript-loader.mjs', 'measure-replay.ts'].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  );
  execFileSync(process.execPath, ['--import', loader!, program!], { stdio: ['ignore', 'inherit', 'inherit'] });
});
