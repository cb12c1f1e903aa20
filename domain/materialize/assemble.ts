import { canonicalJson } from '../shared/canonical-json.ts';
import type { JsonValue } from '../shared/json.ts';
import { normalizeText } from '../shared/text.ts';
import type { Evidence } from '../../schemas/evidence.ts';
import type { AdapterName } from '../../schemas/vocabulary.ts';

/** sha256 of a text as 64 hexadecimal digits; handed in, so that the rules stay free of any library. */
export type Digest = (text: string) => string;

/** A normalized attempt, already redacted, that is still without ids and digests. */
export interface UnidentifiedEvidence extends Omit<Evidence, 'id' | 'source' | 'adapter' | 'provenance' | 'day' | 'task'> {
  readonly branch: string;
  readonly recordedAt: string | null;
  readonly locator: Evidence['provenance']['locator'];
  readonly line: number;
  readonly task: { readonly id: string | null; readonly key?: string; readonly text: string };
}

export interface Origin {
  readonly source: string;
  readonly adapter: AdapterName;
  readonly sourceFile: string;
  /** ISO time of the file, for records that carry none of their own. */
  readonly fileTime: string;
  readonly sigHash: string;
}

/** An evidence record with its canonical text and both digests. */
export interface AssembledEvidence {
  readonly evidence: Evidence;
  /** RFC 8785 text of the whole record. */
  readonly canonical: string;
  /** sha256 of `canonical`. */
  readonly rowDigest: string;
  /** sha256 of the canonical record without the place it was read from. */
  readonly contentDigest: string;
}

/** Gives a record its id, task key, day and digests. */
export function assembleEvidence(draft: UnidentifiedEvidence, origin: Origin, digest: Digest): AssembledEvidence {
  const { branch, recordedAt, locator, line, task, ...rest } = draft;
  const taskHash = digest(normalizeText(task.text));
  const evidence: Evidence = {
    ...rest,
    id: digest(`${origin.adapter}\n${origin.sigHash}\n${branch}`),
    source: origin.source,
    adapter: origin.adapter,
    provenance: {
      source_file: origin.sourceFile,
      locator,
      line_offset: line,
      sig_hash: origin.sigHash,
      recorded_at: recordedAt ?? origin.fileTime,
      recorded_at_from: recordedAt === null ? 'file' : 'record',
    },
    day: recordedAt === null ? 'undated' : recordedAt.slice(0, 10),
    task: { key: task.key ?? (task.id === null ? `text/${taskHash.slice(0, 16)}` : `${origin.adapter}/${task.id}`), id: task.id, text: task.text, hash: taskHash },
  };
  return { evidence, ...digestRow(evidence, evidence.provenance, digest) };
}

/**
 * Canonical text and the two digests of a row that has a `provenance` field. The text is written once: the content form differs from it only in
 * the value of `provenance`, so the two share what stands before and after it.
 */
function digestRow(row: Evidence, provenance: Evidence['provenance'], digest: Digest): Omit<AssembledEvidence, 'evidence'> {
  let before = '{';
  let after = '';
  for (const key of Object.keys(row).sort()) {
    const value = (row as unknown as Record<string, JsonValue | undefined>)[key];
    if (value === undefined || key === 'provenance') continue;
    const field = `${JSON.stringify(key)}:${canonicalJson(value)}`;
    if (key < 'provenance') before += `${field},`;
    else after += `,${field}`;
  }
  const canonical = `${before}"provenance":${canonicalJson(provenance as unknown as JsonValue)}${after}}`;
  const content = `${before}"provenance":${canonicalJson(contentOf(provenance))}${after}}`;
  return { canonical, rowDigest: digest(canonical), contentDigest: digest(content) };
}

/** Provenance without the place of reading: what stays the same for one file or many, plain or compressed. */
export function contentOf(provenance: Evidence['provenance']): JsonValue {
  const own = { recorded_at_from: provenance.recorded_at_from, sig_hash: provenance.sig_hash };
  return provenance.recorded_at_from === 'record' ? { ...own, recorded_at: provenance.recorded_at } : own;
}
