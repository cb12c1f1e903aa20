import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const artifact = { path: 'exports/run-1/rag/playbooks.jsonl', rows: 5, digest: SHA256 };
const receipt = {
  schema: 'stage-receipt/1',
  run_id: 'run-1',
  stage: 'export',
  started_at: TIME,
  ended_at: TIME,
  inputs: [artifact],
  outputs: [artifact],
  counts: { in: 8, out: 5, quarantined: { rejected: 3 }, categories: { accepted: 5 }, shards: 2, shards_reused: 1, more: { rag: 5 } },
  code_version: '0.1.0',
  versions: { scorer: 'score/1' },
  config_digest: SHA256,
  engine: { node: '20.19.0' },
  validation: { passed: true, failures: [] },
  digest: SHA256,
  previous: SHA256,
};
const refusal = { reason: 'firewall', detail: 'line 3: quality_score' };
const warning = { warning: 'license_missing', detail: 'harbour-desk' };
const stage = {
  stage: 'score',
  rows_in: 8,
  rows_out: 8,
  rows_quarantined: 0,
  shards: 2,
  shards_reused: 0,
  duration_ms: 120,
  digest: SHA256,
};
const source = { name: 'desk', adapter: 'openai-chat', files: 1, records: 8, evidence: 7, quarantined: 1 };
const summary = {
  schema: 'run-summary/1',
  run_id: 'run-1',
  verdict: 'refused',
  reasons: [refusal],
  warnings: [warning],
  workflow_id: 'distill-1',
  started_at: TIME,
  ended_at: TIME,
  duration_ms: 900,
  resumed: false,
  stages: [stage],
  sources: [source],
  categories: { accepted: 3, partially_accepted: 2, rejected: 2, needs_human_review: 1 },
  exports: { rag: 5, sft: 3, preference: 3 },
  quarantined: { rejected: 4 },
  redactions: { email: 1 },
  drift: { severity: 'ok', against: null },
  paths: { exports: 'exports/run-1', report: 'reports/run-1/report.html', receipts: 'reports/run-1/receipts' },
};
const metric = { metric: 'rag', old: 4, new: 5, change: 0.25, severity: 'warn', reason: 'moved by 1' };
const drift = {
  schema: 'drift-report/1',
  run_id: 'run-2',
  against: 'run-1',
  severity: 'warn',
  reason: 'the input changed',
  metrics: [metric],
};
const report = {
  schema: 'run-report/1',
  summary,
  drift,
  categories_by_source: [{ source: 'desk', category: 'accepted', rows: 3 }],
  quarantine: [{ set: 'sft', reason: 'rejected', rows: 2 }],
  rules: [{ rule: 'human', rows: 3 }],
  health: [{ source: 'desk', rows: 8, without_task: 0, without_output: 0.1, without_truth: 0.2, without_time: 1 }],
  checks: [{ check: 'rag rows on disk', passed: true, found: '5', expected: '5' }],
  splits: [{ set: 'rag', split: 'train', rows: 5 }],
  ignored: [{ file: 'notes.md', reason: 'not JSON' }],
};
const position = { stage: 'score', done: 1, total: 2, rows: 4, in_flight: 1 };
const view = {
  run_id: 'run-1',
  state: 'paused',
  detail: 'paused by a person',
  workflow_id: 'distill-1',
  started_at: TIME,
  ended_at: null,
  sources: ['desk'],
  stage: 'score',
  position,
  paused_by: 'user',
  worked_on: true,
};
const engine = { state: 'answering', address: 'localhost:7233' };

/** What runs leave behind, and what is told of them. */
export const RUN_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  artifactRefSchema: fixtureOf(artifact, { 'negative rows': { rows: -1 } }),
  stageReceiptSchema: fixtureOf(
    receipt,
    {
      'an unknown stage': { stage: 'train' },
      'a negative count': { counts: { ...receipt.counts, quarantined: { rejected: -1 } } },
      'counts that are incomplete': { counts: { in: 8, out: 5 } },
      'a verdict without its failures': { validation: { passed: false } },
    },
    { accepts: [{ previous: null }] },
  ),
  refusalSchema: fixtureOf(refusal, { 'a reason outside the list': { reason: 'mood' } }),
  warningSchema: fixtureOf(warning, { 'a warning outside the list': { warning: 'rain' } }),
  stageSummarySchema: fixtureOf(stage, { 'an unknown stage': { stage: 'plan' }, 'half a row': { rows_in: 0.5 } }),
  sourceSummarySchema: fixtureOf(source, { 'negative records': { records: -1 } }),
  runSummarySchema: fixtureOf(
    summary,
    {
      'a third verdict': { verdict: 'maybe' },
      'a category too few': { categories: { accepted: 3, partially_accepted: 2, rejected: 2 } },
      'a set too many': { exports: { ...summary.exports, dpo: 1 } },
      'a drift of another kind': { drift: { severity: 'panic', against: null } },
    },
    { accepts: [{ verdict: 'accepted', reasons: [] }], optional: ['warnings'] },
  ),
  driftMetricSchema: fixtureOf(
    metric,
    { 'an infinite change': { change: Number.POSITIVE_INFINITY }, 'another severity': { severity: 'high' } },
    {
      accepts: [
        { old: null, change: null },
        { old: SHA256, new: SHA256, change: null },
      ],
    },
  ),
  driftReportSchema: fixtureOf(drift, { 'another version': { schema: 'drift-report/2' } }, { accepts: [{ against: null, metrics: [] }] }),
  runReportSchema: fixtureOf(report, {
    'a category nobody knows': { categories_by_source: [{ source: 'desk', category: 'good', rows: 3 }] },
    'a check without a verdict': { checks: [{ check: 'rows', found: '5', expected: '5' }] },
    'a summary of another run format': { summary: { ...summary, schema: 'run-summary/2' } },
  }),
  runRecordSchema: fixtureOf(
    {
      schema: 'run-record/1',
      run_id: 'run-1',
      workflow_id: 'distill-1',
      state: 'failed',
      started_at: TIME,
      ended_at: TIME,
      detail: 'the disk was full',
      sources: ['desk'],
    },
    { 'a state nobody knows': { state: 'asleep' } },
    { accepts: [{ ended_at: null }] },
  ),
  runStartSchema: fixtureOf(
    { schema: 'run-start/1', run_id: 'run-1', workflow_id: 'distill-1', started_at: TIME, cwd: '/srv', command: ['distill', 'run-all'] },
    { 'a command line in one piece': { command: 'distill run-all' } },
  ),
  stageVersionSchema: fixtureOf({ manifest: SHA256 }, { 'a manifest that is no text': { manifest: null } }, { isOpen: true }),
  evidenceVersionSchema: fixtureOf(
    { manifest: SHA256, counts: { files: [{ source: 'desk', records: 8, evidence: 7, quarantined: 1 }] } },
    { 'a file without its records': { counts: { files: [{ source: 'desk', evidence: 7, quarantined: 1 }] } } },
    { isOpen: true },
  ),
  writtenSetSchema: fixtureOf(
    { files: [{ name: 'rag/playbooks.jsonl', rows: 5 }] },
    { 'a file of negative rows': { files: [{ name: 'x', rows: -5 }] } },
    { isOpen: true },
  ),
  receiptChainSchema: fixtureOf(
    {
      schema: 'receipt-chain/1',
      run_id: 'run-1',
      closes: false,
      broken: { stage: 'export', detail: 'it was edited' },
      receipts: [receipt],
    },
    { 'a break at no stage': { broken: { detail: 'somewhere' } } },
    { accepts: [{ closes: true, broken: null }] },
  ),
  runPositionSchema: fixtureOf(
    position,
    { 'a stage nobody knows': { stage: 'rest' }, 'less than nothing done': { done: -1 } },
    { accepts: [{ stage: 'plan' }] },
  ),
  runViewSchema: fixtureOf(
    view,
    { 'a state nobody knows': { state: 'asleep' }, 'paused by the weather': { paused_by: 'weather' } },
    { accepts: [{ state: 'accepted', stage: null, position: null, paused_by: null, worked_on: null, ended_at: TIME }] },
  ),
  engineStateSchema: fixtureOf(engine, { 'a state nobody knows': { state: 'slow' } }, { accepts: [{ state: 'stopped', address: null }] }),
  runsListSchema: fixtureOf(
    { schema: 'runs-list/1', workspace: '/srv/space', engine, runs: [view] },
    { 'a run that is only a name': { runs: ['run-1'] } },
  ),
  runProgressSchema: fixtureOf(
    { schema: 'run-progress/1', at: TIME, run: view },
    { 'a run without a state': { run: { ...view, state: undefined } } },
  ),
  runShowSchema: fixtureOf(
    {
      schema: 'run-show/1',
      run: view,
      verdict: 'refused',
      reasons: [refusal],
      stages: [{ ...stage, receipt: 'receipts/score.json' }],
      inputs: [{ name: 'desk', adapter: 'openai-chat', files: 1, bytes: 120 }],
      paths: { records: '/srv/r', exports: null, report: null, receipts: null, summary: null },
      next: ['lauter runs resume run-1'],
    },
    { 'a stage without its receipt': { stages: [stage] }, 'a path too few': { paths: { records: '/srv/r' } } },
    { accepts: [{ verdict: null }] },
  ),
};
