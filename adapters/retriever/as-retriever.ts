import { performance } from 'node:perf_hooks';
import type { Retriever, SearchRequest } from '../../activities/search-ports.ts';
import { ConfigError, RetrieverError } from '../../domain/shared/errors.ts';
import type { SearchHit, SearchResponse } from '../../schemas/search-response.ts';
import type { Engine } from './engine.ts';
import { readResults, type FoundRow } from './read-results.ts';

/** What is known of an engine of others before it is asked. */
export interface EngineFacts {
  readonly name: string;
  /** Stands for the settings it is asked with. */
  readonly knobHash: string;
  /** How many results a request is to bring. */
  limitOf(request: SearchRequest): number;
}

/**
 * An engine of others as a retriever. Its order is kept and never sorted anew. A result that repeats an earlier one is dropped, then the list is cut to what was
 * asked for. An answer that cannot be read, or holds a page of another source than was asked for, is a RetrieverError.
 */
export function asRetriever(engine: Engine, facts: EngineFacts): Retriever {
  async function search(request: SearchRequest): Promise<SearchResponse> {
    request.signal?.throwIfAborted();
    const { query, collection, strategy, source, offset = 0 } = request;
    if (source !== undefined && !engine.knowsSource) throw cannotFilter(engine);
    const limit = facts.limitOf(request);
    const startMs = performance.now();
    const answer = await engine.ask({ query, limit: offset + limit, collection, strategy, source }, request.signal);
    const latencyMs = performance.now() - startMs;
    const rows = readResults(answer, engine.paths);
    const fault = typeof rows === 'string' ? rows : findForeign(rows, source);
    if (typeof rows === 'string' || fault !== undefined) throw unusable(engine, fault!);
    return respond(request, facts, latencyMs, dropRepeated(rows).slice(offset, offset + limit));
  }

  const index = engine.index?.bind(engine);
  return { name: facts.name, search, ...(index === undefined ? {} : { index }), close: () => engine.close() };
}

function findForeign(rows: readonly FoundRow[], source: string | undefined): string | undefined {
  const place = source === undefined ? -1 : rows.findIndex(({ sourceId }) => sourceId !== source);
  return place < 0 ? undefined : `expected pages of the source that was asked for, found another source in result ${place + 1}`;
}

/** A passage is known by its chunk; without one by its page and how it begins, as everywhere in search. */
function dropRepeated(rows: readonly FoundRow[]): FoundRow[] {
  const identities = rows.map(({ sourceId, slug, chunkId, text }) => JSON.stringify([sourceId, slug, chunkId ?? text.slice(0, 64)]));
  const seen = new Set<string>();
  return rows.filter((_, place) => !seen.has(identities[place]!) && seen.add(identities[place]!));
}

function respond(request: SearchRequest, facts: EngineFacts, latencyMs: number, rows: readonly FoundRow[]): SearchResponse {
  const isScored = rows.every(({ score }) => score !== null);
  const results = rows.map((row, place) => toHit(row, (request.offset ?? 0) + place + 1, isScored));
  return {
    schema_version: 1,
    query: request.query,
    mode: 'n/a',
    knob_hash: facts.knobHash,
    intent: 'general',
    detail: request.detail ?? null,
    results,
    meta: {
      degraded: [],
      vector_enabled: false,
      expansion_applied: false,
      reranked: false,
      cache: 'off',
      budget: { budget: 0, used: 0, kept: results.length, dropped: 0, truncated: false },
      latency_ms: latencyMs,
      corpus_hash: 'unknown',
      generation: 0,
    },
  };
}

/** Where the engine does not score every result, their places are the scores. */
function toHit({ sourceId, slug, chunkId, title, text, score }: FoundRow, rank: number, isScored: boolean): SearchHit {
  return {
    source_id: sourceId,
    slug,
    key: `${sourceId}::${slug}`,
    chunk_id: chunkId,
    kind: 'body',
    title,
    text,
    score: isScored ? score! : 1 / rank,
    rank,
    arms: [],
    flags: [],
  };
}

function cannotFilter({ where }: Engine): ConfigError {
  return new ConfigError(
    `searching one source, on ${where}: expected an engine that is told the source, found no {{source}} and no path \`source_id\` in its settings.`,
    'Add both to its entry of search.retrievers, or search without --source.',
  );
}

function unusable({ where }: Engine, fault: string): RetrieverError {
  return new RetrieverError(
    `reading the answer of a search engine, on ${where}: ${fault}.`,
    'Mend the engine, or the paths of its entry in search.retrievers.',
  );
}
