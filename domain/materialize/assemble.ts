import type { JsonValue } from '../shared/json.ts';
import { normalizeText } from '../shared/text.ts';
import type { Evidence, Provenance } from '../../schemas/evidence.ts';
import type { AdapterName } from '../../schemas/vocabulary.ts';
import { evidenceText, provenanceText, type PlacedText } from './evidence-text.ts';

/** sha256 of a text as 64 hexadecimal digits; handed in, so that the rules stay free of any library. */
export type Digest = (text: string) => string;

/** A normalized attempt, already redacted, that is still without ids and digests. */
interface UnidentifiedDraft extends Omit<Evidence, 'id' | 'source' | 'adapter' | 'provenance' | 'day' | 'task' | 'redactions'> {
  readonly branch: string;
  readonly recordedAt: string | null;
  readonly locator: Provenance['locator'];
  readonly line: number;
  readonly task: { readonly id: string | null; readonly key?: string; readonly text: string };
}

/** The same with what was redacted in it. */
export interface UnidentifiedEvidence extends UnidentifiedDraft {
  readonly redactions: Evidence['redactions'];
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
  /** Canonical texts of its provenance, and of {@link contentOf} it. */
  readonly provenanceTexts: PlacedText;
}

/** Gives a record its id, task key, day and digests. */
export function assembleEvidence(draft: UnidentifiedEvidence, origin: Origin, digest: Digest): AssembledEvidence;
export function assembleEvidence(
  draft: UnidentifiedDraft,
  origin: Origin,
  digest: Digest,
  redactions: Evidence['redactions'],
): AssembledEvidence;
export function assembleEvidence(
  draft: UnidentifiedDraft & Partial<UnidentifiedEvidence>,
  origin: Origin,
  digest: Digest,
  redactions = draft.redactions ?? {},
): AssembledEvidence {
  const { branch, recordedAt, task } = draft;
  const taskHash = digest(normalizeText(task.text));
  // One literal and no spreading: an object of this many fields that comes from spreads is several times slower to make and to walk.
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
    redactions,
    signals: draft.signals,
    source: origin.source,
    task: {
      hash: taskHash,
      id: task.id,
      key: task.key ?? (task.id === null ? `text/${taskHash.slice(0, 16)}` : `${origin.adapter}/${task.id}`),
      text: task.text,
    },
    trial: draft.trial,
    usage: draft.usage,
  };
  if (draft.tools !== undefined) evidence.tools = draft.tools;
  const provenanceTexts = provenanceText(evidence.provenance);
  const { row, content } = evidenceText(evidence, provenanceTexts);
  return { evidence, canonical: row, rowDigest: digest(row), contentDigest: digest(content), provenanceTexts };
}

/** Provenance without the place of reading: what stays the same for one file or many, plain or compressed. */
export function contentOf(provenance: Provenance): JsonValue {
  const own = { recorded_at_from: provenance.recorded_at_from, sig_hash: provenance.sig_hash };
  return provenance.recorded_at_from === 'record' ? { ...own, recorded_at: provenance.recorded_at } : own;
}
