import type { ChangeNotice } from '../../schemas/notice.ts';
import type { ProbeEvent } from '../../schemas/probe-event.ts';

/** A row of the audit: a quality probe that passed, unless told otherwise. */
export function eventAt(ts: string, told: Partial<ProbeEvent> = {}): ProbeEvent {
  return {
    ts,
    kind: 'quality',
    outcome: 'pass',
    exit_code: 0,
    pass_count: 5,
    fail_count: 0,
    inconclusive_count: 0,
    error_count: 0,
    malformed_count: 0,
    upstream_error_count: 0,
    questions: 5,
    est_cost_usd: 0.35,
    actual_cost_usd: 0.31,
    metrics: {},
    ...told,
  };
}

/** What is told when the harbour's probe fails for the first time. */
export const HARBOUR_NOTICE: ChangeNotice = {
  schema_version: 1,
  id: 'a'.repeat(64),
  workspace: 'b4e4e412',
  kind: 'quality',
  before: { is_ok: true, reason: 'pass' },
  after: { is_ok: false, reason: 'fail' },
  at: '2026-03-02T03:31:00.000Z',
  run_uid: 'nightly-2026-03-02T03:30:00.000Z-quality',
  pass_count: 2,
  fail_count: 3,
  inconclusive_count: 0,
  error_count: 0,
  actual_cost_usd: 0.31,
  detail: 'the lighthouse is on another island',
  text: 'The nightly probe quality is not well any more.',
};
