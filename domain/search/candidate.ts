import type { ChunkKind, SearchArm } from '../../schemas/vocabulary.ts';

/** What the stages after the arms know of a page beside its text. */
export interface PageFacts {
  readonly type: string;
  readonly aliases: readonly string[];
  /** Keys of the pages that this one links to, as far as they are in the collection. */
  readonly links: readonly string[];
  /** How many pages link here. */
  readonly backlinks: number;
  readonly effective_date: string | null;
  readonly session_id: string | null;
  readonly salience: number | null;
  readonly is_superseded: boolean;
}

/** A chunk on its way through the stages of a search. Stages return new candidates; none changes one it was given. */
export interface Candidate {
  readonly source_id: string;
  readonly slug: string;
  /** `source_id::slug`: the identity of the page. */
  readonly key: string;
  /** Null for a passage of an engine that knows no chunks. */
  readonly chunk_id: number | null;
  readonly kind: ChunkKind;
  readonly title: string;
  readonly text: string;
  readonly facts: PageFacts;
  readonly score: number;
  readonly keyword_hit: boolean;
  readonly arms: readonly SearchArm[];
  /** What the stages did to it, such as `title_match`, `preserved`, `evidence`. */
  readonly flags: readonly string[];
  /** Cosine of query and chunk; null when either has no vector. */
  readonly cosine: number | null;
  readonly rerank_score: number | null;
}
