import type { BenchEnrichmentRow } from '../../../schemas/bench-results.ts';
import { isObject, type JsonObject } from '../../shared/json.ts';
import { jsonOf, numberOf, objectOf, textOf, yesNoOf } from './field-values.ts';

/** What the records of a run file come to so far. A reader in one pass adds one record after the other; outputs of models are not kept beyond their row. */
export interface CollectedRun {
  manifest: JsonObject | undefined;
  end: JsonObject | undefined;
  /** By model; the last one counts. */
  readonly summaries: Map<string, JsonObject>;
  /** Main attempts, by model and event. */
  readonly enrichment: Map<string, BenchEnrichmentRow>;
  readonly sourceOfEvent: Map<string, string>;
  readonly counts: {
    records: number;
    skipped_rows: number;
    unknown_records: number;
    replaced_summaries: number;
    replaced_attempts: number;
  };
}

/** A run of which nothing was read yet. */
export function startRun(): CollectedRun {
  return {
    manifest: undefined,
    end: undefined,
    summaries: new Map(),
    enrichment: new Map(),
    sourceOfEvent: new Map(),
    counts: { records: 0, skipped_rows: 0, unknown_records: 0, replaced_summaries: 0, replaced_attempts: 0 },
  };
}

/** Adds a record. What lacks an id that its table needs, or belongs to another run than the manifest, is counted and passed over. */
export function collectRecord(run: CollectedRun, record: JsonObject): void {
  run.counts.records += 1;
  const { record_type: type } = record;
  if (type === 'run_manifest') run.manifest ??= record;
  else if (type !== 'run_end' && type !== 'model_summary' && type !== 'attempt') run.counts.unknown_records += 1;
  else if (isOfAnotherRun(run, record)) run.counts.skipped_rows += 1;
  else if (type === 'run_end') run.end = record;
  else if (type === 'model_summary') collectSummary(run, record);
  else collectAttempt(run, record);
}

/** Files of older programs do not name the run in every record. */
function isOfAnotherRun({ manifest }: CollectedRun, { run_id: own }: JsonObject): boolean {
  return manifest !== undefined && typeof manifest.run_id === 'string' && typeof own === 'string' && own !== manifest.run_id;
}

function collectSummary(run: CollectedRun, record: JsonObject): void {
  const modelId = modelIdOf(record);
  if (modelId === undefined) {
    run.counts.skipped_rows += 1;
    return;
  }
  if (run.summaries.has(modelId)) run.counts.replaced_summaries += 1;
  run.summaries.set(modelId, record);
}

function collectAttempt(run: CollectedRun, record: JsonObject): void {
  const modelId = modelIdOf(record);
  const event = objectOf(record.event);
  const eventId = textOf(event.event_id);
  if (modelId === undefined || eventId === null || eventId === '') {
    run.counts.skipped_rows += 1;
    return;
  }
  const source = textOf(event.source);
  if (source !== null) run.sourceOfEvent.set(eventId, source);
  if (record.purpose !== 'main') return;
  const key = `${modelId}\n${eventId}`;
  if (run.enrichment.has(key)) run.counts.replaced_attempts += 1;
  const gates = objectOf(record.gates);
  run.enrichment.set(key, {
    run_id: '',
    model_id: modelId,
    event_id: eventId,
    source,
    stratum: textOf(record.stratum),
    schema_valid: yesNoOf(gates.schema_valid),
    refusal_detected: yesNoOf(gates.refusal_detected),
    echo_similarity: numberOf(gates.echo_similarity),
    entity_type_sanity: jsonOf(gates.entity_type_sanity),
    total_ms: numberOf(objectOf(record.timestamps).total_ms),
    timeout: yesNoOf(record.timeout),
    call_error_kind: textOf(record.call_error_kind),
    parsed_output: jsonOf(record.parsed_output),
  });
}

/** Older files call the id `model_id`. */
function modelIdOf({ model }: JsonObject): string | undefined {
  const id = isObject(model) ? (model.id ?? model.model_id) : undefined;
  return typeof id === 'string' && id !== '' ? id.toWellFormed() : undefined;
}
