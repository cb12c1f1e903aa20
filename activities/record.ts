import { provenanceTexts, type ProvenanceTexts } from '../domain/export/index.ts';
import type { JsonValue } from '../domain/shared/json.ts';
import { parseStrictJson } from '../domain/shared/strict-json.ts';
import type { Artifact, Evidence, Message, Provenance, Signals } from '../schemas/evidence.ts';
import type { EvidenceRow } from './ports.ts';

/** What the rules of the later stages look at: an evidence record, fresh from its source or back from the lake. */
export interface StoredRecord {
  readonly id: string;
  readonly source: string;
  readonly adapter: string;
  readonly task_key: string;
  readonly task_text: string;
  readonly task: { readonly text: string };
  readonly model: string | null;
  readonly day: string;
  readonly messages: Message[];
  readonly tools: readonly JsonValue[] | undefined;
  readonly artifacts: Artifact[];
  readonly outcome: Evidence['outcome'];
  readonly signals: Signals;
  readonly origin: Evidence['origin'];
  readonly generation: number;
  /** Number of the row in its shard. */
  readonly place: number;
  readonly provenance: Provenance;
  readonly provenanceTexts: ProvenanceTexts;
}

/** A record that was read this moment. */
export function recordOfEvidence(evidence: Evidence, provenanceTexts: ProvenanceTexts, place: number): StoredRecord {
  return {
    id: evidence.id,
    source: evidence.source,
    adapter: evidence.adapter,
    task_key: evidence.task.key,
    task_text: evidence.task.text,
    task: evidence.task,
    model: evidence.model,
    day: evidence.day,
    messages: evidence.messages,
    tools: evidence.tools as JsonValue[] | undefined,
    artifacts: evidence.artifacts,
    outcome: evidence.outcome,
    signals: evidence.signals,
    origin: evidence.origin,
    generation: evidence.generation,
    place,
    provenance: evidence.provenance,
    provenanceTexts,
  };
}

/** A record as it comes back from the lake, with nested values parsed. */
export function recordOfRow(row: EvidenceRow): StoredRecord {
  const provenance = provenanceOf(row);
  return {
    id: row.id,
    source: row.source,
    adapter: row.adapter,
    task_key: row.task_key,
    task_text: row.task_text,
    task: { text: row.task_text },
    model: row.model,
    day: row.day,
    messages: JSON.parse(row.messages) as Message[],
    tools: row.tools === null ? undefined : (parseStored(row.tools) as JsonValue[]),
    artifacts: JSON.parse(row.artifacts) as Artifact[],
    outcome: { state: row.outcome_state, value: row.outcome_value, from: row.outcome_from },
    signals: JSON.parse(row.signals) as Signals,
    origin: row.origin,
    generation: row.generation,
    place: row.place,
    provenance,
    provenanceTexts: provenanceTexts(provenance),
  };
}

/** The schemas of tools name the bounds of 64-bit integers, which a double would change. */
function parseStored(text: string): JsonValue {
  return /\d{16}/.test(text) ? parseStrictJson(text) : (JSON.parse(text) as JsonValue);
}

/** Where a stored row was read. */
export function provenanceOf(
  row: Pick<EvidenceRow, 'source_file' | 'locator' | 'line_offset' | 'sig_hash' | 'recorded_at' | 'recorded_at_from'>,
): Provenance {
  return {
    source_file: row.source_file,
    locator: JSON.parse(row.locator) as Provenance['locator'],
    line_offset: row.line_offset,
    sig_hash: row.sig_hash,
    recorded_at: row.recorded_at,
    recorded_at_from: row.recorded_at_from,
  };
}
