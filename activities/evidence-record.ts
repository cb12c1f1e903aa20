import type { JsonValue } from '../domain/shared/json.ts';
import { parseStrictJson } from '../domain/shared/strict-json.ts';
import type { Artifact, Message, Provenance, Signals } from '../schemas/evidence.ts';
import type { EvidenceRow } from './ports.ts';

/** The parts of a stored evidence row that rules look at, with nested values parsed. */
export function recordOf(row: EvidenceRow) {
  return {
    id: row.id,
    source: row.source,
    adapter: row.adapter,
    task_key: row.task_key,
    task_text: row.task_text,
    task: { text: row.task_text },
    model: row.model,
    messages: JSON.parse(row.messages) as Message[],
    tools: row.tools === null ? undefined : (parseStored(row.tools) as JsonValue[]),
    artifacts: JSON.parse(row.artifacts) as Artifact[],
    outcome: { state: row.outcome_state, value: row.outcome_value, from: row.outcome_from },
    signals: JSON.parse(row.signals) as Signals,
    origin: row.origin,
    generation: row.generation,
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
