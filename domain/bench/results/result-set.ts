import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { BenchResultSet, BenchRunRow } from '../../../schemas/bench-results.ts';
import { comparabilityKey } from '../../shared/comparability-key.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { CollectedRun } from './collect-run.ts';
import { jsonOf, labelOf, numberOf, textOf, wholeOf, yesNoOf } from './field-values.ts';
import { judgeRows, modelRow, sourceRows } from './model-rows.ts';
import { retrievalRows } from './retrieval-rows.ts';

/** Where the records come from and when they were read. */
export interface RunOrigin {
  readonly sourceFile: string;
  readonly fileSha256: string;
  readonly importedAtMs: number;
}

/** The run id that the manifest of a collected run states; undefined without one, and then nothing of it can be stored. */
export function runIdOf({ manifest }: CollectedRun): string | undefined {
  const id = manifest?.run_id;
  return typeof id === 'string' && id !== '' ? id.toWellFormed() : undefined;
}

/** Why a collected run ended before its models were measured; null when it did not, or has no end. */
export function endReasonOf({ end }: CollectedRun): string | null {
  const reason = end?.reason;
  if (reason === undefined || reason === null) return null;
  return typeof reason === 'string' ? reason : 'unreadable';
}

/** All rows of a run, and how many items lacked an id. The same records give the same rows. */
export function resultSet(run: CollectedRun, runId: string, origin: RunOrigin): { set: BenchResultSet; skipped: number } {
  const models = [...run.summaries].sort(([left], [right]) => (left < right ? -1 : 1));
  const retrieval = models.map(([modelId, summary]) => retrievalRows(summary, { runId, modelId, sourceOfEvent: run.sourceOfEvent }));
  const judged = models.map(([modelId, summary]) => judgeRows(runId, modelId, summary));
  const set: BenchResultSet = {
    bench_runs: [runRow(runId, run, origin)],
    bench_models: models.map(([modelId, summary]) => modelRow(runId, modelId, summary)),
    bench_sources: models.flatMap(([modelId, summary]) => sourceRows(runId, modelId, summary)),
    bench_enrichment: [...run.enrichment.keys()].sort().map((key) => ({ ...run.enrichment.get(key)!, run_id: runId })),
    bench_retrieval: retrieval.flatMap(({ rows }) => rows),
    bench_judge: judged.flatMap(({ rows }) => rows),
  };
  return { set, skipped: [...retrieval, ...judged].reduce((sum, { skipped }) => sum + skipped, 0) };
}

function runRow(runId: string, run: CollectedRun, origin: RunOrigin): BenchRunRow {
  const { manifest = {}, end = {} } = run;
  return {
    run_id: runId,
    ...ofManifest(manifest),
    finished_at_iso: textOf(end.finished_at_iso) ?? textOf(manifest.finished_at_iso),
    is_complete: run.end !== undefined,
    models_completed: jsonOf(end.models_completed),
    models_errored: jsonOf(end.models_errored),
    reason: textOf(end.reason),
    prod_brain_resumed_ok: yesNoOf(end.prod_brain_resumed_ok),
    models_with_prod_restart_event: jsonOf(end.models_with_prod_restart_event),
    interruptions: jsonOf(end.interruptions),
    paused_seconds: numberOf(end.paused_seconds),
    exit_code: wholeOf(end.exit_code),
    source_file: origin.sourceFile.toWellFormed(),
    file_sha256: origin.fileSha256,
    imported_at_ms: origin.importedAtMs,
  };
}

function ofManifest(manifest: JsonObject) {
  return {
    schema: textOf(manifest.schema),
    started_at_iso: textOf(manifest.started_at_iso),
    bench_version: labelOf(manifest.bench_version),
    host: jsonOf(manifest.host),
    preflight_checks: jsonOf(manifest.preflight_checks),
    candidate_models: jsonOf(manifest.candidate_models),
    corpus_version: labelOf(manifest.corpus_version),
    corpus_content_hash: textOf(manifest.corpus_content_hash),
    corpus_schema_version: labelOf(manifest.corpus_schema_version),
    eval_qa_version: labelOf(manifest.eval_qa_version),
    embedding_model: textOf(manifest.embedding_model),
    gate_thresholds: jsonOf(manifest.gate_thresholds),
    self_consistency_spec: jsonOf(manifest.self_consistency_spec),
    inference_backend_version: labelOf(manifest.inference_backend_version),
    host_baseline: jsonOf(manifest.host_baseline),
    prod_state_at_start: jsonOf(manifest.prod_state_at_start),
    sweep_id: textOf(manifest.sweep_id),
    sweep_index: wholeOf(manifest.sweep_index),
    overlay_hash: textOf(manifest.overlay_hash),
    qa_content_hash: textOf(manifest.qa_content_hash),
    qa_total: wholeOf(manifest.qa_total),
    qa_scoreable: wholeOf(manifest.qa_scoreable),
    qa_filtered_count: wholeOf(manifest.qa_filtered_count),
    prompt_hash: textOf(manifest.prompt_hash),
    tuning: jsonOf(manifest.tuning),
    tuning_hash: textOf(manifest.tuning_hash),
    comparability_key: keyOf(manifest),
    temperature: numberOf(manifest.temperature),
    top_p: numberOf(manifest.top_p),
    max_tokens: wholeOf(manifest.max_tokens),
    sampling_seed_mode: textOf(manifest.sampling_seed_mode),
    seeds: jsonOf(manifest.seeds),
    inference_url: textOf(manifest.inference_url),
    judge: jsonOf(manifest.judge),
    git_commit: textOf(manifest.git_commit),
    git_dirty: yesNoOf(manifest.git_dirty),
    lease: jsonOf(manifest.lease),
    slot_token: labelOf(manifest.slot_token),
  };
}

/** Of the fields that it is made of, so that it is the one by which runs are compared; what the file says where it does not record all of them. */
function keyOf(manifest: JsonObject): string | null {
  const text = (field: string): string | null => textOf(manifest[field]) || null;
  const [corpus, qa, embedding] = [text('corpus_content_hash'), text('qa_content_hash'), text('embedding_model')];
  const [prompt, tuning] = [text('prompt_hash'), text('tuning_hash')];
  if (!corpus || !qa || !embedding || !prompt || !tuning) return text('comparability_key');
  const parts = { corpus_content_hash: corpus, qa_content_hash: qa, embedding_model: embedding, prompt_hash: prompt, tuning_hash: tuning };
  return comparabilityKey({ ...parts, overlay_hash: text('overlay_hash') }, (of) => bytesToHex(sha256(utf8ToBytes(of))));
}
