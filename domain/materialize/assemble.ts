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
  const { branch, recordedAt, task } = draft;
  const taskHash = digest(normalizeText(task.text));
  // One literal, keys in order: an object made by spreading this many fields is several times slower to walk.
  const evidence: Evidence = {
    adapter: origin.adapter,
    artifacts: draft.artifacts,
    attempt: draft.attempt,
    day: recordedAt === null ? 'undated' : recordedAt.slice(0, 10),
    generation: draft.generation,
    id: digest(`${origin.adapter}\n${origin.sigHash}\n${branch}`),
    messages: draft.messages,
    model: draft.model,
    origin: draft.origin,
    outcome: draft.outcome,
    parent_id: draft.parent_id,
    provenance: {
      line_offset: draft.line,
      locator: draft.locator,
      recorded_at: recordedAt ?? origin.fileTime,
      recorded_at_from: recordedAt === null ? 'file' : 'record',
      sig_hash: origin.sigHash,
      source_file: origin.sourceFile,
    },
    provider: draft.provider,
    redactions: draft.redactions,
    signals: draft.signals,
    source: origin.source,
    task: {
      hash: taskHash,
      id: task.id,
      key: task.key ?? (task.id === null ? `text/${taskHash.slice(0, 16)}` : `${origin.adapter}/${task.id}`),
      text: task.text,
    },
    ...(draft.tools === undefined ? {} : { tools: draft.tools }),
    trial: draft.trial,
    usage: draft.usage,
  };
  return { evidence, ...digestRow(evidence, digest) };
}

/**
 * Canonical text and the two digests of a record. The text is written once: the content form differs from it only in the value of `provenance`, so
 * the two share what stands before and after it. The fields are spelled out in key order, which a test holds against {@link canonicalJson}.
 */
function digestRow(row: Evidence, digest: Digest): Omit<AssembledEvidence, 'evidence'> {
  const json = (value: unknown): string => canonicalJson(value as JsonValue);
  const before =
    `{"adapter":"${row.adapter}","artifacts":${json(row.artifacts)},"attempt":${row.attempt},"day":"${row.day}","generation":${row.generation},` +
    `"id":"${row.id}","messages":${json(row.messages)},"model":${json(row.model)},"origin":"${row.origin}","outcome":${json(row.outcome)},` +
    `"parent_id":${json(row.parent_id)},"provenance":`;
  const after =
    `,"provider":${json(row.provider)},"redactions":${json(row.redactions)},"signals":${json(row.signals)},"source":${json(row.source)},` +
    `"task":${json(row.task)},${row.tools === undefined ? '' : `"tools":${json(row.tools)},`}"trial":${row.trial},"usage":${json(row.usage)}}`;
  const canonical = before + json(row.provenance) + after;
  return { canonical, rowDigest: digest(canonical), contentDigest: digest(before + json(contentOf(row.provenance)) + after) };
}

/** Provenance without the place of reading: what stays the same for one file or many, plain or compressed. */
export function contentOf(provenance: Evidence['provenance']): JsonValue {
  const own = { recorded_at_from: provenance.recorded_at_from, sig_hash: provenance.sig_hash };
  return provenance.recorded_at_from === 'record' ? { ...own, recorded_at: provenance.recorded_at } : own;
}
