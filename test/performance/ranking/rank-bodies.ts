import type { Embedder, Retriever, SearchRequest } from '../../../activities/search-ports.ts';
import { createBuiltinRetriever } from '../../../activities/search/builtin-retriever.ts';
import { gatherCollection } from '../../../activities/search/gather-collection.ts';
import type { SearchWorld } from '../../../activities/search/search-world.ts';
import type { JudgedQuery } from '../../../domain/measures/index.ts';
import { searchSettingsSchema } from '../../../schemas/search-settings.ts';
import { createSearchWorld } from '../../../worker/open-retriever.ts';
import type { Body } from './bodies.ts';
import { freeBudget } from '../../support/spending.ts';

/** One way to search. */
export interface Arm {
  readonly name: string;
  readonly how: Pick<SearchRequest, 'strategy' | 'knobs'>;
}

/** Documents best first, by query. */
export type Rankings = ReadonlyMap<string, readonly string[]>;

/** The queries of a data set, and what each arm found for them, by the names of the judgments. */
export interface RankedBodies {
  readonly queries: readonly JudgedQuery[];
  readonly rankings: ReadonlyMap<string, Rankings>;
}

/** Our own engine with these vectors, or without any, and with no workspace behind it. */
export function openEngine(embedder: Embedder | null): Retriever {
  const settings = searchSettingsSchema.parse({});
  const world: SearchWorld = {
    ...createSearchWorld({ workspace: '', settings, base: '', env: {}, budget: freeBudget, tell: () => undefined }),
    embedder: () => Promise.resolve(embedder),
    gather: (name, pages) => gatherCollection(world, name, pages),
  };
  return createBuiltinRetriever(world);
}

/** Puts every query to every arm, through the entry point that users call, as deep as measures over whole rankings need. */
export async function rankBodies(engine: Retriever, bodies: AsyncIterable<Body>, arms: readonly Arm[]): Promise<RankedBodies> {
  const queries: JudgedQuery[] = [];
  const rankings = new Map(arms.map(({ name }) => [name, new Map<string, readonly string[]>()]));
  for await (const body of bodies) {
    await engine.index!(COLLECTION, body.pages);
    queries.push(...body.queries);
    for (const { name, how } of arms) {
      const request = { ...how, knobs: { ...WHOLE, ...how.knobs }, collection: COLLECTION, isEvaluation: true };
      for (const { id, query } of body.queries) {
        const { results, meta } = await engine.search({ ...request, query: query! });
        const isWhole = how.strategy === 'keyword' || meta.vector_enabled;
        if (!isWhole) throw new Error(`${name}: a query ran without vectors: ${meta.degraded.join(', ')}`);
        rankings.get(name)!.set(
          id,
          results.map(({ slug }) => body.docOf(slug)),
        );
      }
    }
  }
  return { queries, rankings };
}

const COLLECTION = 'ranking';
/** Nothing ends a list early, and a busy machine does not take the vector of a query away. */
const WHOLE = { limit: 1_000, token_budget: null, embed_timeout_ms: 600_000 } as const;
