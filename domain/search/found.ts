/** A chunk that an arm found, by its number in the index. The score is that by which the arm ordered it: of its page, or of the chunk itself. */
export interface Found {
  readonly chunk: number;
  readonly score: number;
}

/** A page that an arm found, by its number in the index. */
export interface RankedPage {
  readonly page: number;
  readonly score: number;
}
