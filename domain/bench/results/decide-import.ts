/** What the store has of a run. */
export interface StoredRun {
  /** False without a `run_end`. */
  readonly isComplete: boolean;
  readonly fileSha256: string;
}

/** What a file has of it. `endReason` is that of its `run_end`, null for a run that came to its end by itself. */
export interface ImportCandidate {
  readonly hasEnd: boolean;
  readonly endReason: string | null;
  readonly fileSha256: string;
}

/** What is to be done with a run file. */
export type ImportDecision =
  | { readonly do: 'put'; readonly outcome: 'stored' | 'completed' | 'replaced' }
  | { readonly do: 'keep'; readonly outcome: 'skipped' | 'not_stored' }
  | { readonly do: 'remove'; readonly outcome: 'not_stored' };

/** A complete run stays unless it is to be replaced; one without its end gives way to any other file; one that broke off is stored in no case. */
export function decideImport(stored: StoredRun | undefined, candidate: ImportCandidate, isForced: boolean): ImportDecision {
  if (candidate.hasEnd && candidate.endReason !== null) {
    return { do: stored?.isComplete === false ? 'remove' : 'keep', outcome: 'not_stored' };
  }
  if (stored === undefined) return { do: 'put', outcome: 'stored' };
  if (isForced) return { do: 'put', outcome: 'replaced' };
  const isKnown = stored.isComplete || stored.fileSha256 === candidate.fileSha256;
  return isKnown ? { do: 'keep', outcome: 'skipped' } : { do: 'put', outcome: 'completed' };
}
