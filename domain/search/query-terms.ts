import { analyze, termOf, wordsOf } from './analyze.ts';
import type { QueryTerm } from './bm25.ts';
import { isQuestionWord } from './question-words.ts';

/** The terms of a query that somebody knows by number, each once, with how often it stands there. */
export function queryTerms(query: string, find: (term: string) => number | undefined): QueryTerm[] {
  return countTerms(analyze(query), find);
}

/** The same without the words that only make a question of it, as long as another one is known. */
export function contentTerms(query: string, find: (term: string) => number | undefined): QueryTerm[] {
  const words = wordsOf(query).filter((word) => !isQuestionWord(word));
  const terms = countTerms(
    words.flatMap((word) => termOf(word) ?? []),
    find,
  );
  return terms.length > 0 ? terms : queryTerms(query, find);
}

function countTerms(terms: readonly string[], find: (term: string) => number | undefined): QueryTerm[] {
  const times = new Map<number, number>();
  for (const word of terms) {
    const term = find(word);
    if (term !== undefined) times.set(term, (times.get(term) ?? 0) + 1);
  }
  return [...times].map(([term, count]) => ({ term, times: count }));
}
