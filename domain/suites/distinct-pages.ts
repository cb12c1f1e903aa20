import type { EvalQuestionRow } from '../../schemas/eval-question-row.ts';

/** Each page at the place of its first passage, ranks counted anew from 1. */
export function distinctPages(hits: readonly { readonly key: string; readonly score: number }[]): EvalQuestionRow['retrieved'] {
  const seen = new Set<string>();
  return hits.filter(({ key }) => !seen.has(key) && seen.add(key)).map(({ key, score }, at) => ({ key, score, rank: at + 1 }));
}
