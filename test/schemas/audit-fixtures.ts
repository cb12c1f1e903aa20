import { AUDIT_METRICS } from '../../schemas/vocabulary.ts';
import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const metrics = Object.fromEntries(Object.keys(AUDIT_METRICS).map((name, at) => [name, at]));
const baseline = {
  schema: 'audit-baseline/1',
  recorded_at: TIME,
  run_id: 'run-1',
  verdict: 'refused',
  failed: [4, 16],
  metrics,
  against: 2,
  severity: 'warn',
  code_version: '0.1.0',
};
const row = { ...baseline, seq: 3, prev_hash: SHA256, row_hash: SHA256 };
const wrongBaselines = {
  'a day without a time': { recorded_at: '2026-03-02' },
  'an audit of no run': { run_id: '' },
  'a check after the last': { failed: [17] },
  'a number too few': { metrics: { p2_evidence_rows: 4 } },
  'a number that nobody tracks': { metrics: { ...metrics, p5_mood: 1 } },
  'half a row': { metrics: { ...metrics, p4_sft_rows: 0.5 } },
  'an alert, which only runs know': { severity: 'alert' },
};
const finding = { where: 'exports/run-1/rag/playbooks.jsonl:3', expected: 'warning true', found: 'warning false' };
const check = {
  number: 11,
  name: 'RAG rules',
  proves: 'the RAG file holds accepted rows',
  state: 'failed',
  looked_at: '2 rows',
  findings: [finding],
  findings_total: 1,
  warnings: ['one more to know'],
  remedy: 'Run it again.',
};
const metric = {
  metric: 'p4_sft_rows',
  old: 10,
  new: 23,
  change: 1.3,
  low: 3,
  high: 22,
  severity: 'warn',
  reason: 'more than 20 %, and more than chance explains',
};
const drift = {
  against: { seq: 2, run_id: 'run-0', recorded_at: TIME },
  severity: 'warn',
  reason: 'p4_sft_rows changed',
  metrics: [metric],
};
const report = {
  schema: 'audit-report/1',
  run_id: 'run-1',
  recorded_at: TIME,
  duration_ms: 320,
  code_version: '0.1.0',
  verdict: 'refused',
  passed: 15,
  checks: Array.from({ length: 16 }, (_, at) => ({ ...check, number: at + 1 })),
  unprovable: { latest: 0, older: 4 },
  metrics,
  drift,
  baseline: row,
  baselines: [row],
  paths: { html: 'reports/audit/a.html', md: 'reports/audit/a.md', json: 'reports/audit/a.json' },
};

const settings = {
  schema: 'run-settings/1',
  run_id: 'run-1',
  settings: { partial_min: 0.7, include_partial: true },
};

/** What full audits print and leave behind, and the settings that a run leaves for them. */
export const AUDIT_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  auditMetricsSchema: fixtureOf(metrics, { 'fewer rows than none': { p4_rag_rows: -1 } }, { accepts: [{ p4_rag_rows: null }] }),
  auditBaselineSchema: fixtureOf(baseline, wrongBaselines, { accepts: [{ against: null, verdict: 'accepted', failed: [] }] }),
  auditBaselineRowSchema: fixtureOf(row, { ...wrongBaselines, 'a row before the first': { seq: 0 }, 'a short hash': { row_hash: 'bb' } }),
  auditFindingSchema: fixtureOf(finding, { 'nothing expected': { expected: null } }),
  auditCheckSchema: fixtureOf(
    check,
    {
      'a check after the last': { number: 17 },
      'a check that was skipped': { state: 'skipped' },
      'a finding in words only': { findings: ['x'] },
    },
    { accepts: [{ state: 'passed', findings: [], findings_total: 0, warnings: [] }] },
  ),
  auditDriftMetricSchema: fixtureOf(
    metric,
    { 'a number that nobody tracks': { metric: 'p5_mood' }, 'an infinite change': { change: Number.POSITIVE_INFINITY } },
    { accepts: [{ old: null, new: null, change: null, low: null, high: null }] },
  ),
  auditDriftSchema: fixtureOf(drift, { 'a baseline of no run': { against: { seq: 1 } } }, { accepts: [{ against: null, metrics: [] }] }),
  auditReportSchema: fixtureOf(
    report,
    {
      'a check too few': { checks: report.checks.slice(1) },
      'a third verdict': { verdict: 'perhaps' },
      'a baseline that is not chained': { baseline },
    },
    { accepts: [{ baseline: null }] },
  ),
  exportVersionSchema: fixtureOf({ decisions: SHA256 }, { 'decisions without a name': { decisions: null } }, { isOpen: true }),
  runSettingsSchema: fixtureOf(settings, {
    'another version': { schema: 'run-settings/2' },
    'a share above 1': { settings: { partial_min: 1.1 } },
    'a setting nobody knows': { settings: { mood: 'calm' } },
  }),
};
