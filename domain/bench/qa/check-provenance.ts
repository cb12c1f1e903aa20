import type { QaProvenance } from '../../../schemas/bench-qa.ts';
import type { QaProvenanceState } from '../../../schemas/vocabulary.ts';

/** The hashes of the files in use. */
export interface HashesInUse {
  readonly corpus_content_hash: string;
  readonly qa_content_hash: string;
}

/** Whether a fixture and a corpus are those that the provenance of the fixture was written for. */
export interface ProvenanceCheck {
  readonly state: QaProvenanceState;
  readonly differences: readonly { readonly field: string; readonly expected: string; readonly found: string }[];
}

const HASHES = ['corpus_content_hash', 'qa_content_hash'] as const;

/** Holds the hashes in use to those of the provenance. One that the provenance does not record differs, and so does a provenance that is missing. */
export function checkProvenance(provenance: QaProvenance | undefined, inUse: HashesInUse): ProvenanceCheck {
  if (provenance === undefined) return { state: 'missing', differences: [] };
  const differences = HASHES.filter((field) => provenance[field] !== inUse[field]).map((field) => ({
    field,
    expected: provenance[field] ?? 'not recorded',
    found: inUse[field],
  }));
  return { state: differences.length === 0 ? 'matches' : 'differs', differences };
}
