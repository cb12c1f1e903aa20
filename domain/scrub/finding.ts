import type { ScrubClass } from '../../schemas/vocabulary.ts';

/** Stands where something was taken out. */
export const REDACTED = '[REDACTED]';

/** A stretch of a text that must not be stored. */
export interface Finding {
  readonly class: ScrubClass;
  readonly start: number;
  readonly end: number;
  /** Stands before `[REDACTED]` in its place; absent: nothing. */
  readonly kept?: string;
}

/**
 * Finds one kind of them, in the order of places, none inside another. Reads a text in time proportional to its length: what repeats in a pattern is
 * bounded, or cannot begin a second time inside what it has read.
 */
export type Finder = (text: string) => Iterable<Finding>;
