import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Folders that need more than the sources; every other folder below test/ is in the fast tier, so that a new one cannot be left out. */
const SLOWER_TIERS = {
  /** Recorded histories and the built bundle; no server. */
  replay: ['test/replay'],
  /** A real Temporal server for each workspace, and the built program. Three files at once on two cores: much of their time is waiting. */
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
          // All of them: by itself the runner leaves a core out, which is half of two.
          maxWorkers: availableParallelism(),
        },
      },
      slowerTier('replay', { groupOrder: 1, timeoutMs: 2 * MINUTE_MS, filesAtOnce: 1 }),
      slowerTier('server', { groupOrder: 2, timeoutMs: 10 * MINUTE_MS, filesAtOnce: 3 }),
      slowerTier('real', { groupOrder: 3, timeoutMs: 10 * MINUTE_MS, filesAtOnce: 1 }),
    ],
  },
});

interface Tier {
  /** Tiers run one after the other, in this order. */
  readonly groupOrder: number;
  readonly timeoutMs: number;
  readonly filesAtOnce: number;
}

function slowerTier(name: keyof typeof SLOWER_TIERS, { groupOrder, timeoutMs, filesAtOnce }: Tier) {
  return {
    extends: true,
    test: {
      name,
      include: SLOWER_TIERS[name].map((folder) => `${folder}/**/*.test.ts`),
      maxWorkers: filesAtOnce,
      sequence: { groupOrder },
      testTimeout: timeoutMs,
      hookTimeout: timeoutMs,
    },
  } as const;
}
