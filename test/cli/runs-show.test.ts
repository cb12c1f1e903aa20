import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runsShow } from '../../cli/commands/runs-show.ts';
import type { EngineView, withEngineView } from '../../cli/runs/engine-view.ts';
import { runShowSchema } from '../../schemas/run-show.ts';
import type { RunSummary } from '../../schemas/run-summary.ts';
import type { StageReceipt } from '../../schemas/stage-receipt.ts';
import { engineRun, fakeEngine, makeBrewery, scoring, STOPPED_ENGINE, type Brewery } from '../support/brewery.ts';
import { recordingIo } from '../support/recording-io.ts';

const RUN = '20260302T081500000Z-a1b2c3';

/** 120 records were read, 110 became evidence, 7 + 3 were quarantined, in a minute and a half. */
const RECEIPT: StageReceipt = {
  schema: 'stage-receipt/1',
  run_id: RUN,
  stage: 'materialize',
  started_at: '2026-03-02T08:15:00.000Z',
  ended_at: '2026-03-02T08:16:30.000Z',
  inputs: [],
  outputs: [],
  counts: { in: 120, out: 110, quarantined: { broken_json: 7, too_deep: 3 }, categories: {}, shards: 4, shards_reused: 1, more: {} },
  code_version: '0.1.0',
  versions: {},
  config_digest: 'c0ffee',
  engine: {},
  validation: { passed: true, failures: [] },
  digest: 'beef',
  previous: null,
};

const SUMMARY: RunSummary = {
  schema: 'run-summary/1',
  run_id: RUN,
  verdict: 'refused',
  reasons: [{ reason: 'quarantined_share', detail: 'harbour: expected at most 0.2 of 120 records quarantined, found 40' }],
  workflow_id: 'distill-1',
  started_at: '2026-03-02T08:15:00.000Z',
  ended_at: '2026-03-02T08:16:30.000Z',
  duration_ms: 90_000,
  resumed: false,
  stages: [],
  sources: [],
  categories: { accepted: 0, partially_accepted: 0, rejected: 0, needs_human_review: 0 },
  exports: { rag: 0, sft: 0, preference: 0 },
  quarantined: {},
  redactions: {},
  drift: { severity: 'ok', against: null },
  paths: { exports: '/e', report: '/r', receipts: '/c' },
};

const looking =
  (engine: EngineView): typeof withEngineView =>
  (_io, _workspace, use) =>
    use(engine);

async function show(brewery: Brewery, engine: EngineView, options: { json?: boolean } = {}): Promise<string> {
  const io = recordingIo({ cwd: '/brewery' });
  expect(await runsShow(io, '20260302', { workspace: brewery.root, ...options }, looking(engine))).toBe(0);
  return io.printed();
}

test('a refused run shows its reasons, its receipts and where its report lies', async () => {
  const brewery = makeBrewery();
  brewery.ended(RUN, 'refused', 'quarantined_share: harbour');
  brewery.put(RUN, 'materialize-receipt', RECEIPT);
  const reports = join(brewery.root, 'reports', RUN);
  mkdirSync(join(reports, 'receipts'), { recursive: true });
  writeFileSync(join(reports, 'summary.json'), JSON.stringify(SUMMARY));
  writeFileSync(join(reports, 'report.html'), '<!doctype html>');
  const document = runShowSchema.parse(JSON.parse(await show(brewery, STOPPED_ENGINE, { json: true })));
  expect(document).toMatchObject({
    run: { run_id: RUN, state: 'refused' },
    verdict: 'refused',
    reasons: SUMMARY.reasons,
    stages: [
      {
        stage: 'materialize',
        rows_in: 120,
        rows_out: 110,
        rows_quarantined: 10,
        shards: 4,
        shards_reused: 1,
        duration_ms: 90_000,
        digest: 'beef',
        receipt: join(reports, 'receipts', 'materialize.json'),
      },
    ],
    paths: {
      records: join(brewery.root, 'lake', 'runs', RUN),
      exports: null,
      report: join(reports, 'report.html'),
      receipts: join(reports, 'receipts'),
      summary: join(reports, 'summary.json'),
    },
  });
  const text = await show(brewery, STOPPED_ENGINE);
  expect(text).toContain('quarantined_share: harbour: expected at most 0.2 of 120 records quarantined, found 40');
  expect(text).toMatch(/materialize +120 +110 +10 +4 +1 +1 min 30 s/);
});

test('a run in progress shows where it stands, what it reads and how to watch it', async () => {
  const brewery = makeBrewery();
  brewery.begun(RUN);
  brewery.put(RUN, 'plan', {
    schema: 'plan/1',
    run_id: RUN,
    sources: [{ name: 'harbour', adapter: 'openai-chat', files: 3, bytes: 2048 }],
    ignored: [],
    shards: [],
  });
  const engine = fakeEngine([engineRun(RUN)], () => scoring(RUN, 5));
  const document = runShowSchema.parse(JSON.parse(await show(brewery, engine, { json: true })));
  expect(document).toMatchObject({
    run: { state: 'running', position: { stage: 'score', done: 5, total: 8 } },
    verdict: null,
    stages: [],
    inputs: [{ name: 'harbour', adapter: 'openai-chat', files: 3, bytes: 2048 }],
    next: [expect.stringContaining(`lauter runs watch ${RUN}`), expect.stringContaining('runs pause')],
  });
  expect(await show(brewery, engine)).toContain(`run ${RUN}: running, at score 5/8`);
});

test('an interrupted run shows the command that goes on with it', async () => {
  const brewery = makeBrewery();
  brewery.begun(RUN, ['distill', 'run-all', '--include-partial']);
  const text = await show(brewery, STOPPED_ENGINE);
  expect(text).toContain('the engine is stopped, so nobody works on it');
  expect(text).toContain('\n  lauter distill run-all --include-partial\n');
});

test('an id that nobody has is refused with the nearest', async () => {
  const brewery = makeBrewery();
  brewery.ended(RUN, 'accepted');
  await expect(runsShow(recordingIo(), '20260302T0816', { workspace: brewery.root }, looking(STOPPED_ENGINE))).rejects.toThrow(
    `the nearest is ${RUN}`,
  );
});
