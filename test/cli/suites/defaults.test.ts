import { expect, test, vi } from 'vitest';
import type { Io } from '../../../cli/io.ts';
import type { RunAllOptions } from '../../../cli/suites/run-all-options.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const given = vi.hoisted((): { options?: RunAllOptions } => ({}));

vi.mock('../../../cli/commands/eval-run-all.ts', () => ({
  evalRunAll: (_io: Io, options: RunAllOptions) => {
    given.options = options;
    return Promise.resolve(0);
  },
}));

test('RUN-1: without arguments, three modes, longmemeval and replay, seed 42, one cell at a time, 5 and 20 dollars', async () => {
  expect((await runCli(['eval', 'run-all'], temporaryFolder({}))).code).toBe(0);
  expect(given.options).toMatchObject({
    modes: ['conservative', 'balanced', 'tokenmax'],
    suites: ['longmemeval', 'replay'],
    seed: 42,
    parallel: 1,
    budgetUsdRetrieval: 5,
    budgetUsdAnswer: 20,
  });
});
