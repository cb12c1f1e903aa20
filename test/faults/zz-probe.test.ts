import { test, vi } from 'vitest';
import { makeTestSpace } from '../support/test-space.ts';
import { writeLargeCorpus } from '../support/trace-corpus.ts';
import { runLauter } from '../support/lauter-command.ts';
vi.setConfig({ testTimeout: 600_000 });
test('probe', async () => {
  const space = makeTestSpace();
  const config = { engine: { heartbeat_timeout_s: 1, threads: 2 }, sources: writeLargeCorpus(space) };
  const t = performance.now();
  const { out, err } = await runLauter(['distill', 'run-all', '--workspace', space.workspace(config), '--json']);
  console.log(performance.now() - t, err, JSON.parse(out).stages, JSON.parse(out).sources, JSON.parse(out).verdict);
  await space.clear();
});
