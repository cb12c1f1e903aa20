/** What decides when a text counts as a copy of an evaluation text. */
export interface DecontaminationSettings {
  /** A text with so many words in a row in common with an evaluation text is a copy of it, 8 to 50; 13 is the usual number. */
  readonly words_in_a_row: number;
  /** Evaluation texts that are shorter than that are found as a whole, down to so many words; shorter ones say too little to be anybody's. 4 to 50. */
  readonly least_words: number;
  /** Words in a row that stand in more evaluation texts than this are their template, not their content, and count for nothing. 1 to 65534. */
  readonly most_texts_sharing: number;
}

export const DECONTAMINATION_DEFAULTS: DecontaminationSettings = { words_in_a_row: 13, least_words: 8, most_texts_sharing: 10 };
