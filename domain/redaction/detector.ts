/** One kind of text that must not be stored, and how to find it. */
export interface Detector {
  /** Key of the counts in receipts. */
  readonly name: string;
  /** Word of the placeholder: `EMAIL` becomes `[EMAIL_1]`. Detectors may share one. */
  readonly placeholder: string;
  readonly description: string;
  /** Cheap and never stricter than `pattern`: a text without a match of the hint holds no match of the pattern. */
  readonly hint: RegExp;
  /** Global, linear-time. The only capturing group, if there is one, is context that stays; what follows it is the candidate. */
  readonly pattern: RegExp;
  /** The part of the candidate, counted from its start, that is really the value; undefined when none is. Absent: the whole candidate. */
  readonly confirm?: (candidate: string, context: string) => string | undefined;
  /** The value without its spelling, so that `4111 1111…` and `41111111…` get the same placeholder. Absent: the value itself. */
  readonly identity?: (value: string) => string;
}

/** Detectors behind one common test, so that a clean text costs one scan for all of them. */
export interface DetectorFamily {
  /** Never stricter than the hints together. */
  readonly mayHoldFindings: (text: string) => boolean;
  /** In the order in which they run. */
  readonly detectors: readonly Detector[];
}
