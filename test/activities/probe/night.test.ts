import { expect, test } from 'vitest';
import type { PanelBatchResult } from '../../../activities/panel-contract.ts';
import type { ProbeEnded, ProbeFailure, ProbeFindings, ProbeOfNight } from '../../../activities/probe-contract.ts';
import { createProbeWork } from '../../../activities/probe/work.ts';
import type { ProbeWorld, QualityWork } from '../../../activities/probe/world.ts';
import { sha256 } from '../../../adapters/digest.ts';
import { CollectionError, ConfigError } from '../../../domain/shared/errors.ts';
import { configSchema } from '../../../schemas/config.ts';
import type { LongMemEvalReport } from '../../../schemas/longmemeval-report.ts';
import type { ProbeEvent } from '../../../schemas/probe-event.ts';
import { UNDISTURBED } from '../../support/longmemeval-run.ts';

const NOW = '2026-03-02T03:30:05.000Z';
const NIGHT: ProbeOfNight = { run_id: 'nightly-20260302T033000000Z', scheduled_at: '2026-03-02T03:30:00.000Z', kind: 'quality' };
const BY_HAND: ProbeOfNight = { run_id: 'probe-7', scheduled_at: null, kind: 'quality' };
const QUALITY = {
  run: { run_id: 'longmemeval-1' },
  panel: { run_id: 'panel-1', batch: { path: 'hypotheses.jsonl', sha256: null } },
  fixtureSha256: '0a1b2c3d'.repeat(8),
  questions: 5,
  estimateUsd: 0.35,
} as unknown as QualityWork;

/** A world in memory, in which all goes well unless it is changed. */
function world(changed: Partial<ProbeWorld> = {}, { nightly = {}, known = [] }: { nightly?: object; known?: readonly ProbeEvent[] } = {}) {
  const documents = new Map<string, string>();
  const rows: ProbeEvent[] = [];
  const config = configSchema.parse({ probe: { nightly: { enabled: true, ...nightly } } });
  const made: ProbeWorld = {
    clock: { now: () => NOW, nowMs: () => Date.parse(NOW) },
    files: {
      has: (runId, name) => documents.has(`${runId}/${name}`),
      read: <Value>(runId: string, name: string) => JSON.parse(documents.get(`${runId}/${name}`)!) as Value,
      write: (runId, name, value) => void documents.set(`${runId}/${name}`, JSON.stringify(value)),
    },
    audit: {
      read: () => ({ events: [...known, ...rows], corrupt: 0 }),
      append: async (event) => {
        if (rows.some(({ run_uid: uid }) => uid === event.run_uid)) return false;
        rows.push(event);
        return true;
      },
    },
    config: () => ({ config, base: '.' }),
    isEmbedderMissing: () => false,
    qualityWork: async () => QUALITY,
    distillWork: () => ({ run_id: 'distill-1' }) as never,
    determinismWork: async () => ({ sweep_id: 'sweep-1' }) as never,
    replayWork: async () => ({
      run: { run_id: 'queue-1', budget: { estimated_usd: 0.2 } } as never,
      questions: 4,
      fixtureSha256: '0a1b2c3d'.repeat(8),
    }),
    longMemEvalReport: () => reportOf('accepted'),
    drift: () => ({ schema: 'drift-report/1', run_id: 'two', against: 'one', severity: 'ok', reason: '', metrics: [] }),
    hashFile: sha256,
    spentUsd: async () => 0.31,
    notices: () => {
      throw new ConfigError('nobody is told here', '');
    },
    ...changed,
  };
  return { rows, work: createProbeWork(made) };
}

function reportOf(verdict: LongMemEvalReport['verdict'], reasons: readonly string[] = []): LongMemEvalReport {
  const share = { hit: 4, total: 5, rate: 0.8, ci95: [0.38, 0.96] as [number, number] };
  const at = [{ k: 5, all: share, any: share, fraction: { sum: 4, total: 5, mean: 0.8 } }];
  return { verdict, reasons, recall: { all_types: { at } } } as unknown as LongMemEvalReport;
}

function panelOf(verdict: PanelBatchResult['verdict'], counts: Partial<PanelBatchResult['counts']>): ProbeFindings {
  const none = { total: 5, pass: 0, fail: 0, inconclusive: 0, error: 0, upstream_error: 0, malformed: 0, budget_skipped: 0, not_scored: 0 };
  const panel: PanelBatchResult = {
    run_id: 'panel-1',
    verdict,
    exit_code: 0,
    counts: { ...none, ...counts },
    est_cost_usd: 0.2,
    actual_cost_usd: 0.1,
  };
  return { work: 'quality', panel };
}

type Scene = ReturnType<typeof world>;

async function night(
  { work }: Scene,
  probe: ProbeOfNight,
  findings: ProbeFindings = panelOf('pass', { pass: 5 }),
  failure: ProbeFailure | null = null,
): Promise<ProbeEnded> {
  const opened = await work.openProbe(probe, UNDISTURBED);
  if (opened.work === 'nothing') return work.endProbe({ probe, findings: null, failure: null }, UNDISTURBED);
  return work.endProbe({ probe, findings: failure === null ? findings : null, failure }, UNDISTURBED);
}

const event = (outcome: ProbeEvent['outcome'], ts: string): ProbeEvent =>
  ({ ts, kind: 'quality', outcome, exit_code: 0, detail: '', run_uid: `earlier-${ts}`, metrics: {} }) as unknown as ProbeEvent;

test('NQP-2: disabled and rate limited leave no row, no key leaves one', async () => {
  const off = world({}, { nightly: { enabled: 'false' } });
  expect(await night(off, NIGHT)).toMatchObject({ outcome: 'disabled', exit_code: 0, run_uid: null });
  const early = world({}, { known: [event('fail', '2026-03-02T00:00:00.000Z')] });
  expect(await night(early, BY_HAND)).toMatchObject({ outcome: 'rate_limited', exit_code: 0, run_uid: null });
  expect([off.rows, early.rows]).toEqual([[], []]);
  const keyless = world({ isEmbedderMissing: () => true });
  expect(await night(keyless, NIGHT)).toMatchObject({ outcome: 'no_embedding_key', exit_code: 2 });
  expect(keyless.rows).toMatchObject([{ outcome: 'no_embedding_key', exit_code: 2 }]);
});

test('a scheduled run is not rate limited', async () => {
  const early = world({}, { known: [event('fail', '2026-03-02T00:00:00.000Z')] });
  expect(await night(early, NIGHT)).toMatchObject({ outcome: 'pass' });
});

test('NQP-3: five that pass are a pass, with counts, costs, the hash of the fixture and what was measured', async () => {
  const scene = world();
  expect(await night(scene, NIGHT)).toMatchObject({ outcome: 'pass', exit_code: 0 });
  expect(scene.rows).toMatchObject([
    {
      ts: NOW,
      outcome: 'pass',
      pass_count: 5,
      questions: 5,
      est_cost_usd: 0.35,
      actual_cost_usd: 0.31,
      fixture_sha8: '0a1b2c3d',
      scheduled_at: NIGHT.scheduled_at,
      run_uid: 'nightly-2026-03-02T03:30:00.000Z-quality',
      metrics: { 'recall_all@5': 0.8 },
      intervals: { 'recall_all@5': [0.38, 0.96] },
    },
  ]);
});

test('NQP-4: three that fail are a fail', async () => {
  const scene = world();
  expect(await night(scene, NIGHT, panelOf('fail', { pass: 2, fail: 3 }))).toMatchObject({ outcome: 'fail', exit_code: 1 });
  expect(scene.rows).toMatchObject([{ fail_count: 3, pass_count: 2 }]);
});

test('however often a night is retried, and whatever the config says by then, it has one row and one answer', async () => {
  const answers = ['accepted', 'invalid'] as const;
  let asked = 0;
  const scene = world({ longMemEvalReport: () => reportOf(answers[Math.min(1, asked++)]!) });
  const first = await night(scene, NIGHT);
  expect(await night(scene, NIGHT, panelOf('fail', { fail: 5 }))).toEqual(first);
  expect(await night(scene, NIGHT, null, { type: 'UnexpectedError', message: 'the server was gone' })).toEqual(first);
  expect(scene.rows).toHaveLength(1);
});

test.each([
  [
    'a missing fixture',
    { qualityWork: () => Promise.reject(new CollectionError('expected tales.jsonl, found none.', 'Put it there.')) },
    /tales\.jsonl.*Put it there/,
  ],
  [
    'a config that cannot be read',
    {
      config: () => {
        throw new ConfigError('expected a number, found "five".', 'Mend it.');
      },
    },
    /found "five"/,
  ],
  ['answers that say nothing', { longMemEvalReport: () => reportOf('invalid', ['every row failed']) }, /invalid; every row failed/],
] as [string, Partial<ProbeWorld>, RegExp][])('%s is an error in the audit file, with the reason', async (_what, changed, detail) => {
  const scene = world(changed);
  expect(await night(scene, NIGHT, { work: 'quality', panel: null })).toMatchObject({ outcome: 'error', exit_code: 2 });
  expect(scene.rows).toMatchObject([{ outcome: 'error', detail: expect.stringMatching(detail) }]);
});

test('a child that failed is an error with its message, and a cap that was reached is over budget', async () => {
  const failed = world();
  await night(failed, NIGHT, null, { type: 'RetrieverError', message: 'the engine sank' });
  expect(failed.rows).toMatchObject([{ outcome: 'error', detail: 'the engine sank' }]);
  const capped = world();
  await night(capped, NIGHT, null, { type: 'OverBudgetError', message: 'no money is left' });
  expect(capped.rows).toMatchObject([{ outcome: 'budget_exceeded', exit_code: 2, actual_cost_usd: 0.31 }]);
  const skipped = world();
  await night(skipped, NIGHT, panelOf('error', { pass: 3, budget_skipped: 2 }));
  expect(skipped.rows).toMatchObject([{ outcome: 'budget_exceeded', pass_count: 3 }]);
});

test('an estimate above the cap begins nothing', async () => {
  const scene = world({}, { nightly: { max_usd: 0.3 } });
  expect(await scene.work.openProbe(NIGHT, UNDISTURBED)).toEqual({ work: 'nothing' });
  expect(await night(scene, NIGHT)).toMatchObject({ outcome: 'budget_exceeded', exit_code: 2 });
  expect(scene.rows).toMatchObject([{ est_cost_usd: 0.35, actual_cost_usd: 0, fixture_sha8: '0a1b2c3d' }]);
});

test('corrupt lines and a clock before the newest row are told in the row', async () => {
  const scene = world({
    audit: {
      read: () => ({ events: [event('pass', '2026-03-05T00:00:00.000Z')], corrupt: 2 }),
      append: async (row) => scene.rows.push(row) > 0,
    },
  });
  await night(scene, NIGHT);
  expect(scene.rows[0]!.detail).toMatch(/2 corrupt audit lines[^]*before the newest audit row, 2026-03-05/);
});

test('a panel is only asked about answers that count, and knows the file that it is asked about', async () => {
  const good = world();
  await good.work.openProbe(NIGHT, UNDISTURBED);
  expect(await good.work.openPanel(NIGHT, UNDISTURBED)).toMatchObject({ batch: { sha256: sha256('hypotheses.jsonl') } });
  const bad = world({ longMemEvalReport: () => reportOf('over_budget') });
  await bad.work.openProbe(NIGHT, UNDISTURBED);
  expect(await bad.work.openPanel(NIGHT, UNDISTURBED)).toBeNull();
});

test('the other kinds: drift of the refinery, and a bench three times', async () => {
  const scene = world({}, { nightly: { kinds: ['distill-drift', 'determinism'] } });
  expect(await scene.work.beginNight(NIGHT, UNDISTURBED)).toEqual({ kinds: ['distill-drift', 'determinism'] });
  const drift: ProbeFindings = { work: 'distill-drift', run: { run_id: 'distill-1', verdict: 'accepted', summary_path: '' } };
  expect(await night(scene, { ...NIGHT, kind: 'distill-drift' }, drift)).toMatchObject({ outcome: 'pass' });
  const sweep = { sweep_id: 'sweep-1', overall: 'FAIL', run_ids: [], ledger_seq: 1, exit_code: 1, detail: 'mrr lay apart' } as const;
  expect(await night(scene, { ...NIGHT, kind: 'determinism' }, { work: 'determinism', sweep })).toMatchObject({
    outcome: 'fail',
    exit_code: 1,
  });
  expect(scene.rows.map(({ kind, run_uid: uid }) => [kind, uid])).toEqual([
    ['distill-drift', 'nightly-2026-03-02T03:30:00.000Z-distill-drift'],
    ['determinism', 'nightly-2026-03-02T03:30:00.000Z-determinism'],
  ]);
});

test.each([
  [{ passed: 4 }, 'pass', 0, { pass_count: 4, fail_count: 0, error_count: 0 }],
  [{ passed: 3, refused: 1 }, 'fail', 1, { pass_count: 3, fail_count: 1, error_count: 0 }],
  [{ passed: 3, unanswered: 1 }, 'error', 2, { pass_count: 3, fail_count: 0, error_count: 1 }],
  [{ passed: 2, refused: 1, skipped_budget: 1 }, 'budget_exceeded', 2, { pass_count: 2, fail_count: 1 }],
] as const)('a queue of replays that came to %o is %s', async (came, outcome, exit_code, counts) => {
  const scene = world({}, { nightly: { kinds: ['replay-queue'] } });
  const none = { tasks: 4, passed: 0, refused: 0, unanswered: 0, skipped_budget: 0, escalated: 0 };
  const queue = { run_id: 'queue-1', verdict: 'accepted', exit_code: 0, counts: { ...none, ...came } } as const;
  expect(await night(scene, { ...NIGHT, kind: 'replay-queue' }, { work: 'replay-queue', queue })).toMatchObject({ outcome, exit_code });
  expect(scene.rows[0]).toMatchObject({ ...counts, questions: 4, est_cost_usd: 0.2, actual_cost_usd: 0.31, fixture_sha8: '0a1b2c3d' });
});

test('a queue of replays that may cost more than the night allows is not begun', async () => {
  const scene = world({}, { nightly: { kinds: ['replay-queue'], max_usd: 0.1 } });
  expect(await night(scene, { ...NIGHT, kind: 'replay-queue' })).toMatchObject({ outcome: 'budget_exceeded', exit_code: 2 });
});
