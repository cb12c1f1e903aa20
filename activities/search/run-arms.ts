import {
  ALTERNATE_WEIGHT,
  candidateOf,
  searchTitles,
  searchVectors,
  walkLinks,
  type Candidate,
  type Found,
  type IntentWeights,
  type IsAllowed,
  type NamedList,
  type RankedPage,
} from '../../domain/search/index.ts';
import type { SearchKnobs } from '../../schemas/search-knobs.ts';
import type { SearchArm, SearchStrategy } from '../../schemas/vocabulary.ts';
import type { OpenCollection } from './open-collection.ts';
import type { Alternate } from './word-anew.ts';

/** What the arms of one search go by. */
export interface ArmRequest {
  readonly query: string;
  /** Null when the vector arm does not run. */
  readonly vector: Float32Array | null;
  readonly strategy: SearchStrategy;
  readonly knobs: SearchKnobs;
  readonly weights: IntentWeights;
  /** Rows that each arm may bring. */
  readonly pool: number;
  readonly isAllowed: IsAllowed;
}

/** Runs the arms that a strategy has; each gives a list of its own, best first. A list that found nothing is there too. */
export function runArms(collection: OpenCollection, request: ArmRequest): NamedList[] {
  const { index, keywords, findNearest } = collection;
  const { query, vector, strategy, knobs, weights, pool, isAllowed } = request;
  const lists: NamedList[] = [];
  const add = (arm: SearchArm, weight: number, found: readonly Found[]): void => {
    lists.push({ arm, weight, rows: found.map((one) => candidateOf(collection, one, arm, vector)) });
  };
  const asChunks = (pages: readonly RankedPage[]): Found[] => pages.map(({ page, score }) => ({ chunk: keywords.bestChunk(page), score }));

  // The keyword arm also says which chunk of a page the other arms show.
  const found = keywords.search(query, pool, knobs.lexical, isAllowed);
  if (strategy !== 'vector') add('keyword', weights.keyword, found);
  if (strategy !== 'keyword' && vector !== null && findNearest !== null) {
    add(
      'vector',
      weights.vector,
      searchVectors(index, (limit) => findNearest(vector, limit), pool, isAllowed),
    );
  }
  if (strategy !== 'hybrid') return lists;
  const named = searchTitles(index, query, pool, isAllowed);
  add('title', 1, asChunks(named));
  if (knobs.relational) {
    const reach = { depth: knobs.relational_depth, most: knobs.relational_max };
    add('relational', 1, asChunks(walkLinks(index, { query, named: named.map(({ page }) => page) }, reach, isAllowed)));
  }
  return lists;
}

/** The arms that go by what is said, for another wording of the query. Its rows are as near to the query as the query's own vector says. */
export function runAlternate(
  collection: OpenCollection,
  alternate: Alternate,
  vector: Float32Array | null,
  { strategy, knobs, weights, pool, isAllowed }: Omit<ArmRequest, 'query' | 'vector'>,
): NamedList[] {
  const { index, keywords, findNearest } = collection;
  const lists: NamedList[] = [];
  const add = (arm: SearchArm, weight: number, found: readonly Found[]): void => {
    lists.push({ arm, weight: weight * ALTERNATE_WEIGHT, rows: found.map((one) => candidateOf(collection, one, arm, vector)) });
  };
  if (strategy !== 'vector') add('keyword', weights.keyword, keywords.search(alternate.query, pool, knobs.lexical, isAllowed));
  const { vector: near } = alternate;
  if (near !== null && findNearest !== null)
    add(
      'vector',
      weights.vector,
      searchVectors(index, (limit) => findNearest(near, limit), pool, isAllowed),
    );
  return lists;
}

/** The best row of each page that the whole query is an alias of. */
export function aliasTargets(collection: OpenCollection, pages: readonly number[], vector: Float32Array | null): Candidate[] {
  return pages.map((page) => candidateOf(collection, { chunk: collection.keywords.bestChunk(page), score: 0 }, 'title', vector));
}
