import { reportRun } from '../../domain/longmemeval/index.ts';
import type { LongMemEvalReport } from '../../schemas/longmemeval-report.ts';
import type { LongMemEvalReadRow } from '../../schemas/longmemeval-rows.ts';
import { lmeSettings } from './longmemeval-settings.ts';

const row = (question_id: string, question_type: string, found: readonly string[], gold: readonly string[]): LongMemEvalReadRow => ({
  ...{ question_id, question_type, hypothesis: '', retrieved_session_ids: [...found], answer_session_ids: [...gold] },
  search_meta: { degraded: ['no_embedder'] },
});

/** Four questions: one found at once, one half at once, one later, one half; and one of abstention. */
const ROWS = [
  row('q1', 'single-session-user', ['hull'], ['hull']),
  row('q2', 'multi-session', ['hull', 'mast'], ['hull', 'mast']),
  row('q3', 'single-session-user', ['keel', 'hull'], ['hull']),
  row('q4', 'multi-session', ['keel', 'hull'], ['hull', 'mast']),
  row('q5_abs', 'multi-session', ['keel'], ['hull']),
];

/** A report that misses its floor, with some of it changed. */
export function longMemEvalReport(more: Partial<LongMemEvalReport> = {}): LongMemEvalReport {
  const settings = lmeSettings({ by_type: true, include_abstention: true, floor: { metric: 'recall_all', value: 0.95 } });
  const report = reportRun(ROWS, settings, {
    run_id: 'longmemeval-20260302T080000Z-ab',
    dataset: { name: 'longmemeval_s.json', sha256: 'ab'.repeat(32), questions: 5 },
    reused: 0,
    cost: { estimated_usd: 1.5, settled_usd: 0.75, cap_usd: 5, price_table: 'harbour-2026' },
    notices: [],
    output: null,
    started_at: '2026-03-02T08:00:00.000Z',
    finished_at: '2026-03-02T08:00:09.000Z',
    code: { version: '0.1.0', commit: null, is_dirty: null },
  });
  return { ...report, ...more };
}
