import { canonicalJson } from '../shared/canonical-json.ts';
import type { Sha256 } from '../shared/ledger-row.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import { CHUNKER_VERSION } from './chunk-page.ts';
import type { SourceBoosts } from './source-boosts.ts';

/** What a search depends on beside its knobs. Ids are null for what is not there. */
export interface KnobContext {
  readonly embedder: string | null;
  readonly reranker: string | null;
  readonly expander: string | null;
  readonly synopsizer: string | null;
  readonly boosts: SourceBoosts;
}

const HASH_DIGITS = 16;

/**
 * The first 16 hexadecimal digits of sha256 over the canonical JSON of the knobs and what else decides a search. The id of the reranker stands in the
 * place of the knob of that name: null when it is off.
 */
export function hashKnobs(knobs: SearchKnobs, { embedder, reranker, expander, synopsizer, boosts }: KnobContext, sha256: Sha256): string {
  const parts = {
    knob_schema: 1,
    ...knobs,
    embedder,
    reranker: knobs.reranker ? reranker : null,
    expansion_model: knobs.expansion ? expander : null,
    synopsis_model: knobs.contextual === 'synopsis' ? synopsizer : null,
    chunker_version: CHUNKER_VERSION,
    boosts,
  };
  return sha256(canonicalJson(parts)).slice(0, HASH_DIGITS);
}
