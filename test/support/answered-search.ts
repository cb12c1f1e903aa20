import type { AnsweredSearch } from '../../domain/capture/index.ts';
import type { NewCapturedRow } from '../../schemas/captured-row.ts';

/** A hybrid search for a boat that found one page. */
export function answeredSearch(given: Partial<AnsweredSearch> = {}): AnsweredSearch {
  return {
    query: 'which boat leaves at seven',
    strategy: 'hybrid',
    response: {
      mode: 'balanced',
      knob_hash: '0123456789abcdef',
      detail: 'medium',
      results: [{ source_id: 'default', slug: 'boats/seven', chunk_id: 4, score: 0.5 }],
      meta: {
        degraded: [],
        vector_enabled: true,
        expansion_applied: false,
        cache: 'miss',
        latency_ms: 12.4,
        corpus_hash: 'c'.repeat(64),
        generation: 3,
      },
    },
    limit: 25,
    expandEnabled: false,
    ...given,
  };
}

/** A captured keyword search, as it is handed to the store. */
export function newCapturedRow(given: Partial<NewCapturedRow> = {}): NewCapturedRow {
  return {
    schema_version: 1,
    tool_name: 'search',
    query: 'which boat leaves at seven',
    retrieved_slugs: ['boats/seven'],
    retrieved_chunk_ids: [4],
    source_ids: ['default'],
    expand_enabled: null,
    detail: null,
    detail_resolved: null,
    vector_enabled: false,
    expansion_applied: false,
    latency_ms: 12,
    remote: false,
    job_id: null,
    subagent_id: null,
    embedding_column: null,
    retrieved_keys: ['default::boats/seven'],
    retrieved_scores: [0.5],
    limit: 25,
    mode: 'balanced',
    knob_hash: '0123456789abcdef',
    corpus_hash: 'c'.repeat(64),
    generation: 3,
    cache: 'off',
    degraded: [],
    scrub_counts: {},
    ...given,
  };
}
