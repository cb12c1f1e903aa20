import { SPLIT_MARK } from '../export/index.ts';
import { contentOf } from '../materialize/index.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { isObject, type JsonObject, type JsonValue } from '../shared/json.ts';
import { parseStrictJson } from '../shared/strict-json.ts';
import type { Evidence, Provenance } from '../../schemas/evidence.ts';

type Digest = (text: string) => string;

/** Place of reading, as every stored row has it; `locator` is JSON text. */
interface StoredPlace {
  readonly source_file: string;
  readonly line_offset: number;
  readonly locator: string;
  readonly sig_hash: string;
  readonly recorded_at: string;
  readonly recorded_at_from: 'record' | 'file';
}

/** An evidence row with every column it is stored in; nested values are JSON text. */
export interface StoredEvidence extends StoredPlace {
  readonly id: string;
  readonly source: string;
  readonly adapter: Evidence['adapter'];
  readonly day: string;
  readonly task_key: string;
  readonly task_id: string | null;
  readonly task_text: string;
  readonly task_hash: string;
  readonly messages: string;
  readonly tools: string | null;
  readonly artifacts: string;
  readonly outcome_state: string;
  readonly outcome_value: number | null;
  readonly outcome_from: string;
  readonly signals: string;
  readonly model: string | null;
  readonly provider: string | null;
  readonly usage: string;
  readonly attempt: number | null;
  readonly trial: number | null;
  readonly parent_id: string | null;
  readonly origin: string;
  readonly generation: number;
  readonly redactions: string;
}

/** A scored row as it is stored. */
export interface StoredScore extends StoredPlace {
  readonly evidence_id: string;
  readonly category: string;
  readonly rule: string;
  readonly reasons: string;
  readonly scorer_version: string;
}

/** The two digests of a row: of all of it, and of all but the place it was read from. */
export interface RowDigests {
  readonly row_digest: string;
  readonly content_digest: string;
}

/** Both digests of an evidence record, computed again from the columns it is stored in. */
export function digestStoredEvidence(row: StoredEvidence, sha256: Digest): RowDigests {
  return digestsOf(
    {
      adapter: row.adapter,
      artifacts: stored(row.artifacts),
      attempt: row.attempt,
      day: row.day,
      generation: row.generation,
      id: row.id,
      messages: stored(row.messages),
      model: row.model,
      origin: row.origin,
      outcome: { from: row.outcome_from, state: row.outcome_state, value: row.outcome_value },
      parent_id: row.parent_id,
      provider: row.provider,
      redactions: stored(row.redactions),
      signals: stored(row.signals),
      source: row.source,
      task: { hash: row.task_hash, id: row.task_id, key: row.task_key, text: row.task_text },
      ...(row.tools === null ? {} : { tools: stored(row.tools) }),
      trial: row.trial,
      usage: stored(row.usage),
    },
    storedProvenance(row),
    sha256,
  );
}

/** Both digests of a scored run, computed again from the columns it is stored in. */
export function digestStoredScore(row: StoredScore, sha256: Digest): RowDigests {
  const { evidence_id, category, rule, scorer_version } = row;
  return digestsOf({ evidence_id, category, rule, reasons: stored(row.reasons), scorer_version }, storedProvenance(row), sha256);
}

/** Where a stored row was read. */
export function storedProvenance(row: StoredPlace): Provenance {
  return {
    source_file: row.source_file,
    locator: JSON.parse(row.locator) as Provenance['locator'],
    line_offset: row.line_offset,
    sig_hash: row.sig_hash,
    recorded_at: row.recorded_at,
    recorded_at_from: row.recorded_at_from,
  };
}

/** An exported row as its set is digested. */
export interface ExportedContent {
  readonly id: string;
  /** sha256 of the row without the places it was read from; a row of one record is digested before its split is known. */
  readonly digest: string;
  readonly split: string;
}

/** What the content digest of a set is made of, computed again from a line of its file. Undefined for a line that is no row. */
export function exportedContent(line: string, sha256: Digest): ExportedContent | undefined {
  const row = objectIn(line);
  if (row === undefined || typeof row.id !== 'string' || typeof row.split !== 'string' || !isObject(row.provenance)) return undefined;
  const { id, split, provenance } = row;
  const { chosen, rejected } = provenance;
  const content =
    isObject(chosen) && isObject(rejected)
      ? { ...row, provenance: { chosen: contentOf(placeIn(chosen)), rejected: contentOf(placeIn(rejected)) } }
      : { ...row, split: SPLIT_MARK, provenance: contentOf(placeIn(provenance)) };
  return { id, digest: sha256(canonicalJson(content)), split };
}

/** The row vouches for its shape: anything else comes to another digest, and that is the point. */
function placeIn(provenance: JsonObject): Provenance {
  return provenance as unknown as Provenance;
}

function digestsOf(row: JsonObject, provenance: Provenance, sha256: Digest): RowDigests {
  return {
    row_digest: sha256(canonicalJson({ ...row, provenance: provenance as unknown as JsonValue })),
    content_digest: sha256(canonicalJson({ ...row, provenance: contentOf(provenance) })),
  };
}

/** Numbers that a double would change keep their text; the strict parser is slower, so it reads only what may hold one. */
const MAY_HOLD_LONG_NUMBER = /\d{16}|\d[eE][+-]?\d{3}/;

function stored(text: string): JsonValue {
  return MAY_HOLD_LONG_NUMBER.test(text) ? parseStrictJson(text) : (JSON.parse(text) as JsonValue);
}

function objectIn(line: string): JsonObject | undefined {
  try {
    const value = stored(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
