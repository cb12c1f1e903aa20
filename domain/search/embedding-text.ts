import type { SearchKnobs } from '../../schemas/search-knobs.ts';

/**
 * What is embedded for a chunk: its text alone, or what its page is about, a blank line and its text. With `synopsis` that is the page's synopsis, and its
 * title where it has none; with `title` it is the title.
 */
export function embeddingText(
  title: string,
  chunkText: string,
  contextual: SearchKnobs['contextual'],
  synopsis: string | null = null,
): string {
  if (contextual === 'none') return chunkText;
  const about = contextual === 'synopsis' && synopsis !== null ? synopsis : title;
  return about === '' ? chunkText : `${about}\n\n${chunkText}`;
}
