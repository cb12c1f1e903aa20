import type { SearchPage } from '../../schemas/search-page.ts';
import type { ChunkKind } from '../../schemas/vocabulary.ts';
import type { Chunk } from './chunk.ts';
import { BREAK, type Break, findWords, type FoundWords } from './find-words.ts';
import { countTokens } from './count-tokens.ts';

/** Names the rules by which pages are cut; another name, other chunks. */
export const CHUNKER_VERSION = 'lauter-chunker-1';

/** Words after which a chunk is full, and words that none exceeds. */
const TARGET_WORDS = 300;
const MOST_WORDS = 360;

/**
 * The chunks of a page: compiled truth, timeline and body each apart from the others, cut between paragraphs, where one is too long between its
 * sentences, where one of those is too long between its words. Each is a stretch of the page's own text; none overlap. A page without text is one
 * chunk with its title.
 */
export function chunkPage(page: SearchPage): Chunk[] {
  const chunks: Chunk[] = [];
  addChunks(chunks, 'compiled_truth', page.compiled_truth);
  addChunks(chunks, 'timeline', page.timeline);
  addChunks(chunks, 'body', page.text);
  return chunks.length > 0 ? chunks : [{ kind: 'body', ordinal: 0, text: page.title, tokens: countTokens(page.title) }];
}

function addChunks(chunks: Chunk[], kind: ChunkKind, text: string | undefined): void {
  if (text === undefined) return;
  const words = findWords(text);
  const before = chunks.length;
  let first = 0;
  const close = (end: number): void => {
    const piece = text.slice(words.starts[first], words.ends[end - 1]);
    chunks.push({ kind, ordinal: chunks.length - before, text: piece, tokens: countTokens(piece) });
    first = end;
  };
  forEachUnit(words, 0, words.count, BREAK.cut, (from, to) => {
    if (from > first && (from - first >= TARGET_WORDS || to - first > MOST_WORDS)) close(from);
    // The pieces of a cut word would grow together again in one chunk.
    if (words.breaks[to - 1] === BREAK.cut) close(to);
  });
  if (first < words.count) close(words.count);
}

/** Visits the largest stretches of words that fit into one chunk, in order: those that end in a break of `level`, else what they are made of. */
function forEachUnit(words: FoundWords, from: number, to: number, level: Break, visit: (from: number, to: number) => void): void {
  let start = from;
  for (let end = from + 1; end <= to; end += 1) {
    if (end < to && words.breaks[end - 1]! < level) continue;
    if (level === BREAK.word || (level < BREAK.cut && end - start <= MOST_WORDS)) visit(start, end);
    else forEachUnit(words, start, end, (level - 1) as Break, visit);
    start = end;
  }
}
