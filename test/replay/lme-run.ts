import type { LongMemEvalRun } from '../../activities/eval-contract.ts';
import { lmeBudget, lmeSettings } from '../support/longmemeval-settings.ts';

/** A run of LongMemEval that asks no model. */
export function lmeRunOf(runId: string): LongMemEvalRun {
  return {
    run_id: runId,
    started_at: '2026-03-02T08:00:00.000Z',
    dataset: { path: 'tales.json', name: 'tales.json', sha256: 'f'.repeat(64) },
    limit: null,
    question_ids: null,
    output: 'rows.jsonl',
    resume_from: null,
    settings: lmeSettings(),
    budget: lmeBudget(runId),
    base: '.',
    window: 4,
    code: { version: '0.1.0', commit: null, is_dirty: null },
    heartbeat_timeout_ms: 10_000,
  };
}
