import { estimateTokens } from '../shared/text.ts';

/** Estimated tokens of a text: UTF-16 units / 4, rounded up; 0 for none. */
export function countTokens(text: string | null | undefined): number {
  return estimateTokens(text?.length ?? 0);
}
