import type { ArmOutcome } from '../../../domain/replay-arms/index.ts';
import type { ReplayArmsFrame } from '../../../schemas/replay-measures.ts';
import type { Grounding, ReplayBundle, ReplayRun } from '../../../schemas/replay-run.ts';
import type { ReplayReason } from '../../../schemas/vocabulary.ts';

export const NO_BUNDLE: ReplayBundle = { exemplars: [], warnings: [], validation_steps: [] };

/** What the other arm was given: the note of the bell. */
export const BELL: ReplayBundle = {
  exemplars: [{ id: 'bell', title: 'The bell', content: 'lock-house/bell.md says: ring it for 90 seconds.', generation: 0 }],
  warnings: [],
  validation_steps: [],
};

export interface Given {
  readonly answer?: string;
  /** Whether each thing that the answer names is grounded. */
  readonly named?: readonly boolean[];
  readonly refused?: readonly ReplayReason[];
  readonly bundle?: ReplayBundle;
  readonly mode?: ReplayRun['grounding_mode'];
  readonly escalated?: boolean;
  readonly trimmed?: ReplayRun['trimmed'];
  readonly notes?: readonly string[];
  readonly usd?: number;
  readonly ms?: number;
}

/** A task that was answered. */
export function answered(id: string, given: Given = {}): ArmOutcome {
  const { refused = [] } = given;
  return { state: refused.length === 0 ? 'passed' : 'refused', reasons: [...refused], row: rowOf(id, given) };
}

/** A task that no model answered, though one was asked. */
export function unanswered(id: string, given: Given = {}): ArmOutcome {
  return { state: 'unanswered', reasons: ['it hung'], row: rowOf(id, { ...given, answer: '', refused: ['no_answer'] }) };
}

export const SKIPPED: ArmOutcome = { state: 'skipped_budget', reasons: [], row: null };

export const FRAME: ReplayArmsFrame = {
  run_id: 'ab-1',
  started_at: '2026-03-02T06:40:00.000Z',
  finished_at: '2026-03-02T07:40:00.000Z',
  model: 'keeper-7b',
  escalate_to: null,
  retriever: 'jaccard',
  grounding_mode: 'fail',
  corpus: { run_id: 'run-1', rows: 446, sha256: 'c'.repeat(64) },
  tasks: { path: 'tasks.jsonl', sha256: 'd'.repeat(64) },
  seed: 42,
  resamples: 999,
  estimated_usd: 0.5,
};

function rowOf(id: string, given: Given): ReplayRun {
  const {
    answer = 'Ring the bell.',
    named = [],
    refused = [],
    bundle = NO_BUNDLE,
    mode = 'fail',
    escalated = false,
    trimmed,
    notes,
    usd,
    ms = 1000,
  } = given;
  const gate = { passed: refused.length === 0, reasons: [...refused] };
  return {
    schema: 'replay_run/1',
    run_id: `replay-${id}`,
    recorded_at: '2026-03-02T06:41:00.000Z',
    origin: 'replay',
    generation: 1,
    task: `How is the lock ${id} opened at dawn?`,
    task_hash: 'a'.repeat(64),
    retriever: 'jaccard',
    retrieved: bundle.exemplars.map((entry) => ({ id: entry.id, score: 0.5 })),
    ...(notes === undefined ? {} : { retrieval_notes: [...notes] }),
    bundle,
    ...(trimmed === undefined ? {} : { trimmed }),
    bundle_digest: 'b'.repeat(64),
    corpus: null,
    model: 'keeper-7b',
    escalation_path: [{ model: 'keeper-7b', gate }],
    escalated,
    answer,
    gate,
    grounding_mode: mode,
    grounding: named.map((grounded, at): Grounding => ({ text: `note-${at}.md`, kind: 'path', grounded })),
    usage: usd === undefined ? {} : { cost_usd: usd },
    durations_ms: { retrieval: 0, model: ms, gate: 0, total: ms },
  };
}
