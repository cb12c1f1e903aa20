import { wordsOf } from './texts.ts';

/** A reranker that counts: the share of the query's words that a document has. Best first, as such servers answer. */
export function rerank({ query, documents }: Record<string, unknown>): { results: { index: number; relevance_score: number }[] } {
  const wanted = wordsOf(String(query));
  const results = (Array.isArray(documents) ? documents : []).map((document, index) => {
    const words = new Set(wordsOf(String(document)));
    return { index, relevance_score: wanted.filter((word) => words.has(word)).length / Math.max(1, wanted.length) };
  });
  return { results: results.sort((left, right) => right.relevance_score - left.relevance_score) };
}
