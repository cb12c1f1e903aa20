import type { PanelBatchRun } from '../../activities/panel-contract.ts';
import type { ReplayArmsRun } from '../../activities/replay-arms-contract.ts';
import type { ReplayQueueRun } from '../../activities/replay-contract.ts';
import { costSettingsSchema } from '../../schemas/cost-settings.ts';
import { replaySettingsSchema } from '../../schemas/replay-settings.ts';

/** A batch that three judges look at in one cycle. */
export function panelRunOf(runId: string): PanelBatchRun {
  const judge = { base_url: 'http://127.0.0.1:8000/v1', model: 'pilot-8b', api_key_env: null };
  return {
    run_id: runId,
    started_at: '2026-03-02T08:00:00.000Z',
    judges: ['a', 'b', 'c'].map((id) => ({ ...judge, id })),
    dimensions: ['correctness', 'completeness'],
    cycles: 1,
    max_tokens: 400,
    blind_names: null,
    allowed_hosts: [],
    budget: {
      cost: costSettingsSchema.parse({}),
      frame: { run_id: runId, command: 'eval cross-modal', cap_usd: 5 },
      estimated_usd: 0.35,
    },
    batch: { path: 'rows.jsonl', sha256: null },
    limit: 10,
    concurrent: 3,
    calibration: null,
    output: null,
    heartbeat_timeout_ms: 10_000,
  };
}

/** A queue for the model that is built in. */
export function queueRunOf(runId: string): ReplayQueueRun {
  return {
    run_id: runId,
    started_at: '2026-03-02T08:00:00.000Z',
    tasks: { path: 'tasks.jsonl', sha256: 'f'.repeat(64) },
    limit: null,
    choices: { retriever: 'jaccard', top_k: 8, corpus: null, model: 'extractive/1', escalate_to: null, grounding: 'fail' },
    settings: replaySettingsSchema.parse({}),
    base: '.',
    budget: { cost: costSettingsSchema.parse({}), frame: { run_id: runId, command: 'replay queue', cap_usd: 5 }, estimated_usd: 0 },
    concurrent: 3,
    heartbeat_timeout_ms: 10_000,
  };
}

/** The same tasks with playbooks and without. */
export function armsRunOf(runId: string): ReplayArmsRun {
  const queue = queueRunOf(runId);
  const corpus = { run_id: 'run-1', rows: 12, sha256: 'a'.repeat(64) };
  return {
    run_id: runId,
    started_at: queue.started_at,
    kind: 'ab',
    arms: [
      { id: 'with', choices: {}, corpus },
      { id: 'without', choices: { retriever: 'none' }, corpus: null },
    ],
    queue,
    corpus,
    seed: 1,
    estimated_usd: 0,
  };
}
