import type { FindNearestTo, KeywordArm, SearchIndex } from '../../domain/search/index.ts';

/** A collection as it stands at one moment, ready to be searched. */
export interface OpenCollection {
  readonly name: string;
  /** Rises with every write. */
  readonly generation: number;
  readonly corpusHash: string;
  /** Which embedder made the vectors; null without vectors. */
  readonly embedder: string | null;
  /** What wrote the synopses that were embedded with the chunks; null without synopses. */
  readonly synopsizer: string | null;
  readonly index: SearchIndex;
  readonly keywords: KeywordArm;
  /** Vectors of length 1 of all chunks, one after another in their order; null without an embedder. */
  readonly vectors: Float32Array | null;
  /** The chunks nearest to a vector; null without vectors. */
  readonly findNearest: FindNearestTo | null;
}
