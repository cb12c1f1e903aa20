import type { Scores, SlotResult } from '../../../domain/panel/index.ts';

/** Judges a, b, c, … of one row with these scores; a text is why one failed. */
export function slotsOf(...given: readonly (Scores | string)[]): SlotResult[] {
  return given.map((each, at) => {
    const judge = { id: 'abcdefgh'[at]!, model: `pilot-${at + 1}` };
    return typeof each === 'string'
      ? { ...judge, ok: false, error: each }
      : { ...judge, ok: true, scores: each, feedback: {}, improvements: [] };
  });
}
