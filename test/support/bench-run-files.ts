import { sha256 } from '../../adapters/digest.ts';
import type { JsonObject, JsonValue } from '../../domain/shared/json.ts';

/** What a test wants to be different in a run; `undefined` takes a field out. */
export interface RunShape {
  readonly model?: string;
  readonly mrr?: unknown;
  readonly hitAt1?: unknown;
  readonly scoredCount?: unknown;
  readonly manifest?: Readonly<Record<string, unknown>>;
  readonly summary?: Readonly<Record<string, unknown>>;
  readonly end?: Readonly<Record<string, unknown>> | null;
}

export const TERN = 'tern-7b';

/** The corpus of a lighthouse: what its keeper did in one spring. */
const COMPARABLE = {
  corpus_content_hash: sha256('corpus of the lighthouse'),
  qa_content_hash: sha256('questions of the keeper'),
  embedding_model: 'shell-embed-small',
  prompt_hash: sha256('prompts'),
  tuning_hash: sha256('tuning'),
};

const CARD = { digest: 'sha256:feather', raw_sha256: sha256('card'), id: TERN, quantization: '4bit', context_length: 8192 };

/** The lines of a complete run of one model, as `A(m, h)` of the conformance table; `number` makes its run id. */
export function makeRun(number: number, shape: RunShape = {}): JsonObject[] {
  const runId = `run-2025030${number}T064000Z-1a2b3c4d-abcde${number}`;
  return [makeManifest(runId, shape), makeSummary(runId, shape), ...(shape.end === null ? [] : [makeEnd(runId, shape)])];
}

export function makeManifest(runId: string, { model = TERN, manifest = {} }: RunShape = {}): JsonObject {
  return object({
    record_type: 'run_manifest',
    schema: 'lauter.run/1',
    run_id: runId,
    started_at_iso: '2025-03-02T06:40:00Z',
    candidate_models: [model],
    corpus_version: 'corpus-v2',
    eval_qa_version: 'keeper-questions-v1',
    overlay_hash: null,
    ...COMPARABLE,
    temperature: 0.7,
    top_p: null,
    max_tokens: 1024,
    sampling_seed_mode: 'none',
    judge: null,
    ...manifest,
  });
}

export function makeSummary(runId: string, shape: RunShape = {}): JsonObject {
  const { model = TERN, summary = {} } = shape;
  const mode = object({
    mrr: 'mrr' in shape ? shape.mrr : 0.4,
    hit_at_1: 'hitAt1' in shape ? shape.hitAt1 : 0.35,
    hit_at_3: 0.5,
    hit_at_5: 0.6,
    hit_at_10: 0.7,
    ndcg_at_10: 0.45,
    scored_count: 'scoredCount' in shape ? shape.scoredCount : 100,
  });
  return object({
    record_type: 'model_summary',
    run_id: runId,
    model: { id: model },
    tier0_verdict: { passed: true, failed_gates: [], skipped_gates: [], notes: [] },
    verdict: 'PASS',
    downstream_proxy: { modes: { hybrid: mode }, qa_count: 100, k: 10, per_item: [] },
    prod_brain_restarted_during_bench: false,
    timeout_during_drain: false,
    errors: [],
    judge: null,
    model_card_before: CARD,
    model_card_after: CARD,
    ...summary,
  });
}

export function makeEnd(runId: string, { model = TERN, end = {} }: RunShape = {}): JsonObject {
  return object({
    record_type: 'run_end',
    run_id: runId,
    finished_at_iso: '2025-03-02T07:10:00Z',
    models_completed: [model],
    models_errored: [],
    reason: null,
    prod_brain_resumed_ok: true,
    models_with_prod_restart_event: [],
    ...end,
  });
}

/** A proxy of one mode whose items are found at these ranks, null for a miss; its means are those of the ranks. */
export function makeProxy(ranks: readonly (number | null)[], more: Readonly<Record<string, unknown>> = {}): JsonObject {
  const count = ranks.length;
  const mean = (of: (rank: number | null) => number): number => ranks.reduce((sum: number, rank) => sum + of(rank), 0) / count;
  const hitAt = (k: number) => (rank: number | null) => Number(rank !== null && rank <= k);
  return object({
    modes: {
      hybrid: { mrr: mean((rank) => (rank === null ? 0 : 1 / rank)), hit_at_1: mean(hitAt(1)), scored_count: count, ...more },
    },
    qa_count: count,
    k: 10,
    per_item: ranks.map((rank, at) => ({
      qa_id: `qa-${String(at + 1).padStart(3, '0')}`,
      golden_event_id: `shell-${at + 1}`,
      mode: 'hybrid',
      rank,
      mrr: rank === null ? 0 : 1 / rank,
      hit_at_k: { '1': hitAt(1)(rank), '3': hitAt(3)(rank), '5': hitAt(5)(rank), '10': hitAt(10)(rank) },
    })),
  });
}

/** Lines of a run file. NaN and the infinities are written as writers in Python leave them. */
export function writeRunFile(records: readonly JsonObject[]): string {
  return records.map((record) => `${writePython(record)}\n`).join('');
}

function writePython(value: JsonValue): string {
  if (typeof value === 'number')
    return Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'NaN' : value < 0 ? '-Infinity' : 'Infinity';
  if (Array.isArray(value)) return `[${value.map(writePython).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}: ${writePython(item)}`).join(', ')}}`;
}

function object(fields: Readonly<Record<string, unknown>>): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as JsonObject;
}
