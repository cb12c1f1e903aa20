import type { SearchKnobs } from '../../schemas/search-knobs.ts';

/**
 * What is embedded for a chunk: its text alone, or the title of its page, a blank line and its text. A synopsis needs a model that writes it; without
 * one, `synopsis` is `title`.
 */
export function embeddingText(title: string, chunkText: string, contextual: SearchKnobs['contextual']): string {
  return contextual === 'none' || title === '' ? chunkText : `${title}\n\n${chunkText}`;
}
