import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { probeRunSchema } from '../../schemas/probe-run.ts';
import { probeStatusSchema } from '../../schemas/probe-status.ts';
import { CANDIDATE, CORPUS, makeBenchHarbor, QUESTIONS } from '../support/bench-harbor.ts';
import { startLauter } from '../support/lauter-command.ts';
import { makeProbeScene, type ProbeScene } from '../support/probe-scene.ts';

let scene: ProbeScene;
beforeAll(async () => {
  scene = await makeProbeScene({ nightly: { kinds: ['quality', 'distill-drift'] } });
});
afterAll(() => scene.close());

test('NQP-3: a run by hand asks reader and judges, leaves a row for each kind, and waits for the end of its window the next time', async () => {
  const first = await scene.lauter('probe', 'nightly', 'run', '--json', '--keep-server', '--report', 'history');
  expect(first.code, first.err).toBe(2);
  const run = probeRunSchema.parse(JSON.parse(first.out));
  expect(run.probes.map(({ kind, outcome, exit_code }) => [kind, outcome, exit_code])).toEqual([
    ['quality', 'pass', 0],
    // The first refinery run has none before it.
    ['distill-drift', 'inconclusive', 2],
  ]);
  const [quality] = scene.rows();
  expect(quality).toMatchObject({ outcome: 'pass', pass_count: 3, fail_count: 0, questions: 3, metrics: { 'recall_all@10': 1 } });
  expect(quality!.fixture_sha8).toMatch(/^[0-9a-f]{8}$/);
  // Three answers and six judgements of 100 tokens each, at $10 a million.
  expect(quality!.actual_cost_usd).toBeCloseTo(0.009, 9);
  expect(quality!.est_cost_usd).toBeGreaterThan(quality!.actual_cost_usd);
  expect([scene.reader.seen.length, scene.judges.seen.length]).toEqual([3, 6]);
  expect(existsSync(join(scene.space.root, 'history', 'probe-history.html'))).toBe(true);
  expect(readFileSync(join(scene.workspace, 'notices.jsonl'), 'utf8')).toContain('distill-drift');

  const second = await scene.lauter('probe', 'nightly', 'run', '--json', '--keep-server');
  expect(second.code, second.err).toBe(0);
  expect(probeRunSchema.parse(JSON.parse(second.out)).probes.map(({ outcome, event }) => [outcome, event])).toEqual([
    ['rate_limited', null],
    ['rate_limited', null],
  ]);
  expect(scene.rows()).toHaveLength(2);
  const status = await scene.lauter('probe', 'nightly', 'status', '--json');
  expect(probeStatusSchema.parse(JSON.parse(status.out))).toMatchObject({ enabled: true, max_usd: 5, window_hours: 20 });
});

test('determinism runs the configured bench three times, and its verdict is the outcome', async () => {
  const harbor = await makeBenchHarbor({ events: 12 });
  try {
    const server = await harbor.serve();
    const determinism = { corpus_version: CORPUS, qa: QUESTIONS, model: CANDIDATE, mode: 'lexical', min_scoreable: 10 };
    const config = {
      engine: { heartbeat_timeout_s: 1 },
      bench: { base_url: server.url, embedding_model: 'embed-small' },
      probe: { nightly: { enabled: true, kinds: ['determinism'], determinism } },
    };
    writeFileSync(join(harbor.workspace, 'lauter.config.json'), JSON.stringify(config));
    const { code, out, err } = await startLauter(['probe', 'nightly', 'run', '--json', '--workspace', harbor.workspace]).ended;
    expect(code, err + out).toBe(0);
    expect(probeRunSchema.parse(JSON.parse(out)).probes).toMatchObject([
      { kind: 'determinism', outcome: 'pass', event: { outcome: 'pass' } },
    ]);
    expect(await harbor.ledger()).toMatchObject([{ verdict: 'PASS' }]);
  } finally {
    await harbor.clear();
  }
});
