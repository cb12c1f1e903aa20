import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ReplayRow } from '../../schemas/baseline.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { JsonObject } from '../shared/json.ts';

const SHORT_DIGITS = 16;

/** What a query is told apart by: first 16 digits of the sha256 of the query in lower case, with white space as single spaces and none at the ends. */
export function hashQuery(query: string): string {
  return digest(query.toLowerCase().replace(/\s+/g, ' ').trim()).slice(0, SHORT_DIGITS);
}

/** sha256 of the query hashes, sorted, a line each: what was asked, whatever was answered. */
export function hashSource(queryHashes: readonly string[]): string {
  return digest([...queryHashes].sort().join('\n'));
}

/** sha256 of the rows in their order as lines of canonical JSON, then the corpus hash and the knob hash as lines; one that is unknown is an empty line. */
export function hashContent(rows: readonly ReplayRow[], corpusHash: string | null, knobHash: string | null): string {
  return digest([...rows.map(canonicalRow), corpusHash ?? '', knobHash ?? ''].join('\n'));
}

/** One hash for many searches: that of all where they agree, else the first 16 digits of the sha256 of the distinct ones; null without any. */
export function joinHashes(hashes: readonly string[]): string | null {
  const distinct = [...new Set(hashes)].sort();
  return distinct.length > 1 ? digest(distinct.join('\n')).slice(0, SHORT_DIGITS) : (distinct[0] ?? null);
}

/** A row as canonical JSON. */
export function canonicalRow(row: ReplayRow): string {
  return canonicalJson(row as unknown as JsonObject);
}

function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
