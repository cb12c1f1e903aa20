import { defineConfig } from 'vitest/config';

/** `npm run bench -- refinery`: measurements, not tests; nothing here asserts a time. */
export default defineConfig({
  test: {
    include: ['test/performance/*.bench.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 600_000,
    reporters: ['dot'],
    disableConsoleIntercept: true,
  },
});
