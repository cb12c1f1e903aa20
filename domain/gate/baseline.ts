import type { BaselineHeader, BaselineRow, ReplayRow } from '../../schemas/baseline.ts';
import type { JsonValue } from '../shared/json.ts';
import { isObject, NumberText } from '../shared/json.ts';
import { mean } from '../stats/variance.ts';
import { hashContent, hashQuery, hashSource, joinHashes } from './hashes.ts';
import { duplicateKey, sortRows } from './row-key.ts';
import type { CarriedThresholds } from './thresholds.ts';

/** Captured rows, frozen. */
export interface Baseline {
  readonly header: BaselineHeader;
  readonly rows: readonly BaselineRow[];
}

/** A baseline that was just built; nothing about it is unknown that its rows tell. */
export interface BuiltBaseline extends Baseline {
  readonly header: BaselineHeader & {
    readonly content_hash: string;
    readonly corpus_hash: string | null;
    readonly knob_hash: string | null;
    readonly baseline_mean_latency_ms: number;
  };
}

/** What a baseline says beside its rows. */
export interface BaselineFacts {
  readonly label: string;
  readonly publishedAt: string;
  readonly thresholds: CarriedThresholds;
  readonly lauterVersion: string;
  readonly isSynthetic: boolean;
}

/** Freezes rows: stamped with their query hashes, in the order of a baseline, below a header that holds their hashes. */
export function buildBaseline(rows: readonly ReplayRow[], facts: BaselineFacts): BuiltBaseline {
  const sorted = sortRows(rows.map(stampRow));
  const corpusHash = sharedValue(sorted.map(({ corpus_hash }) => corpus_hash));
  const knobHash = sorted.every(({ knob_hash }) => typeof knob_hash === 'string')
    ? joinHashes(sorted.flatMap(({ knob_hash }) => knob_hash ?? []))
    : null;
  return {
    header: {
      schema_version: 1,
      _kind: 'baseline_metadata',
      label: facts.label,
      published_at: facts.publishedAt,
      source_hash: hashSource(sorted.map(({ query_hash }) => query_hash)),
      thresholds: facts.thresholds,
      row_count: sorted.length,
      baseline_mean_latency_ms: mean(sorted.map(({ latency_ms }) => latency_ms)),
      content_hash: hashContent(sorted, corpusHash, knobHash),
      corpus_hash: corpusHash,
      knob_hash: knobHash,
      embedder: sharedValue(sorted.map(({ embedding_column }) => embedding_column)),
      lauter_version: facts.lauterVersion,
      synthetic: facts.isSynthetic,
    },
    rows: sorted,
  };
}

/** Keys that more than one row has, in the order in which the second of them comes. */
export function findDuplicates(rows: readonly ReplayRow[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const row of rows) {
    const key = duplicateKey(stampRow(row));
    if (seen.has(key)) twice.add(key);
    seen.add(key);
  }
  return [...twice];
}

/** The file of a baseline: a line of JSON for the header and for each row, fields in the order in which they were read. */
export function writeBaseline({ header, rows }: Baseline): string {
  return [header, ...rows].map((line) => `${writeJson(line as JsonValue)}\n`).join('');
}

/** The hash goes to the end, and to its old place in a row that has been published before. */
function stampRow(row: ReplayRow): BaselineRow {
  const { schema_version, ...rest } = row;
  return { schema_version, ...rest, source_ids: row.source_ids ?? [], query_hash: hashQuery(row.query) };
}

/** The value that all have; null where they differ or one has none. */
function sharedValue(values: readonly (string | null | undefined)[]): string | null {
  const [first] = values;
  return typeof first === 'string' && values.every((value) => value === first) ? first : null;
}

/** JSON with keys in their own order: canonical JSON would sort those of files that others wrote. */
function writeJson(value: JsonValue): string {
  if (value instanceof NumberText) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, item]) => (item as JsonValue | undefined) !== undefined);
  return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${writeJson(item)}`).join(',')}}`;
}
