import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Folders that need more than the sources; every other folder below test/ is in the fast tier, so that a new one cannot be left out. */
const SLOWER_TIERS = {
  /** Recorded histories and the built bundle; no server. */
  replay: ['test/replay'],
  /** A real Temporal server and the built program. One file after the other: each of them uses all cores by itself. */
  server: ['test/workflows', 'test/e2e', 'test/faults'],
  /** The real traces; prints that it is skipped where they are absent. */
  real: ['test/real'],
} as const;

const MINUTE_MS = 60_000;

/** Where the counts of a run go; .ci/run adds them up. */
const resultsFolder = process.env.LAUTER_TEST_RESULTS;

export default defineConfig({
  test: {
    pool: 'forks',
    reporters: [
      'default',
      ...(resultsFolder === undefined ? [] : [['json', { outputFile: join(resultsFolder, `${process.pid}.json`) }] as ['json', object]]),
    ],
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: Object.values(SLOWER_TIERS).flatMap((folders) => folders.map((folder) => `${folder}/**`)),
          testTimeout: 30_000,
        },
      },
      slowerTier('replay', 1, 2 * MINUTE_MS),
      slowerTier('server', 2, 10 * MINUTE_MS),
      slowerTier('real', 3, 10 * MINUTE_MS),
    ],
  },
});

function slowerTier(name: keyof typeof SLOWER_TIERS, groupOrder: number, timeoutMs: number) {
  return {
    extends: true,
    test: {
      name,
      include: SLOWER_TIERS[name].map((folder) => `${folder}/**/*.test.ts`),
      fileParallelism: false,
      sequence: { groupOrder },
      testTimeout: timeoutMs,
      hookTimeout: timeoutMs,
    },
  } as const;
}
