/** Rows of a source for which `--min` says nothing. */
export const USUAL_FLOOR = 50;
