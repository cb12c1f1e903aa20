/** What decides which texts are copies of each other. The reasons and the measured curve stand in docs/design/0011-near-duplicates.md. */
export interface DedupSettings {
  /**
   * Smallest share of word pairs (Jaccard) that copies have in common, 0.3 to 1. 0.6 is about 13 % replaced words, 0.7 about 9 %, 0.82 exactly 5 %.
   */
  readonly near_duplicate_threshold: number;
  /** Shorter texts are copies only when they say the same word for word: one word in twenty is the 5 % that a near copy may differ by. 3 to 1000. */
  readonly near_duplicate_min_words: number;
  /** Bands of the index, 1 to 64. More find more, and cost more. */
  readonly near_duplicate_bands: number;
  /** Rows of each band, 1 to 16. More let fewer pairs through to the comparison. */
  readonly near_duplicate_rows: number;
}

/** Recall of 0.98 and more at precision of 0.999 and more where 5 % of the words were replaced. */
export const DEDUP_DEFAULTS: DedupSettings = {
  near_duplicate_threshold: 0.6,
  near_duplicate_min_words: 20,
  near_duplicate_bands: 16,
  near_duplicate_rows: 5,
};
