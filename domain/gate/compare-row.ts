import type { ReplayRow } from '../../schemas/baseline.ts';
import type { RankMovement, ReplayResult } from '../../schemas/replay-report.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';
import { firstKeys, hasSameFirst, measureJaccard, measureRankOverlap, pageKey } from '../measures/index.ts';

const DEFAULT_DEPTH = 10;
const SEPARATOR = '::';

/** A row that was replayed, with what only a summary needs. */
export interface ReplayedRow {
  readonly result: ReplayResult;
  /** Null where the row was skipped or its search threw. */
  readonly meta: (Pick<SearchResponse, 'knob_hash'> & Pick<SearchResponse['meta'], 'corpus_hash' | 'degraded'>) | null;
}

/** Number of pages that are compared: as asked for, else as many as were asked for then, else as many as were found then, else 10. */
export function depthOf(row: ReplayRow, compareLimit?: number): number {
  const found = firstKeys(capturedPages(row).keys).length;
  return compareLimit ?? row.limit ?? (found > 0 ? found : DEFAULT_DEPTH);
}

/** How far a search answers as it did when it was captured: both lists without repetitions and cut to one depth. */
export function compareRow(row: ReplayRow, response: SearchResponse, compareLimit?: number): ReplayedRow {
  const depth = depthOf(row, compareLimit);
  const captured = capturedPages(row);
  const before = firstKeys(captured.keys, depth);
  const keyOf = captured.identity === 'key' ? 'key' : 'slug';
  const now = firstKeys(
    response.results.map((hit) => hit[keyOf]),
    depth,
  );
  const { latency_ms, corpus_hash, degraded, vector_enabled } = response.meta;
  return {
    result: {
      ...nameRow(row),
      jaccard: measureJaccard(before, now),
      top1Match: hasSameFirst(before, now),
      rbo: measureRankOverlap(before, now),
      captured_slugs: before.map((key) => slugOf(key, captured.identity)),
      current_slugs: now.map((key) => slugOf(key, captured.identity)),
      current_latency_ms: latency_ms,
      latency_delta_ms: latency_ms - row.latency_ms,
      identity: captured.identity,
      ...(isDegraded(row, vector_enabled, degraded) ? { degraded: true } : {}),
      movement: moveRanks(before, now),
    },
    meta: { knob_hash: response.knob_hash, corpus_hash, degraded },
  };
}

/** A row that has nothing to search for. */
export function skipRow(row: ReplayRow, reason: string): ReplayedRow {
  return { result: { ...nameRow(row), ...NOTHING_COMPARED, skipped: true, skip_reason: reason }, meta: null };
}

/** A row whose search threw. It shares nothing with what was captured. */
export function failRow(row: ReplayRow, message: string): ReplayedRow {
  const nothing = { ...NOTHING_COMPARED, jaccard: 0, top1Match: false, rbo: 0 };
  return { result: { ...nameRow(row), ...nothing, errored: true, error_message: message }, meta: null };
}

const NOTHING_COMPARED = { jaccard: null, top1Match: null, rbo: null, current_slugs: [], current_latency_ms: null, latency_delta_ms: null };

function nameRow(row: ReplayRow): Pick<ReplayResult, 'id' | 'tool_name' | 'query' | 'captured_slugs' | 'identity'> {
  return {
    id: row.id ?? null,
    tool_name: row.tool_name,
    query: row.query,
    captured_slugs: firstKeys(row.retrieved_slugs),
    identity: capturedPages(row).identity,
  };
}

/** Slugs of several sources do not say which is of which; then slugs alone are compared. Rows written by hand may have an empty list of keys. */
function capturedPages({ retrieved_keys, retrieved_slugs, source_ids }: ReplayRow): Pick<ReplayResult, 'identity'> & { keys: string[] } {
  const keys = retrieved_keys ?? [];
  if (keys.length > 0) return { identity: 'key', keys };
  const sources = [...new Set(source_ids ?? [])];
  if (sources.length > 1) return { identity: 'slug_only', keys: retrieved_slugs };
  return { identity: 'key', keys: retrieved_slugs.map((slug) => pageKey(slug, sources[0])) };
}

function slugOf(key: string, identity: ReplayResult['identity']): string {
  const at = identity === 'key' ? key.indexOf(SEPARATOR) : -1;
  return at === -1 ? key : key.slice(at + SEPARATOR.length);
}

/** Stages without which a ranking is another one, whatever was captured. A config without an embedder asks for none. */
const FATAL: ReadonlySet<string> = new Set(['embedding_failed', 'embedder_mismatch', 'no_reranker', 'reranker_failed']);

function isDegraded(row: ReplayRow, vectorEnabled: boolean, degraded: SearchResponse['meta']['degraded']): boolean {
  return (row.vector_enabled === true && !vectorEnabled) || lacksStage(degraded);
}

/** True when a stage that the config asks for did not run. */
export function lacksStage(degraded: SearchResponse['meta']['degraded']): boolean {
  return degraded.some((state) => FATAL.has(state));
}

/** Every page of either list, in the order of what was captured, then of what is new. */
function moveRanks(before: readonly string[], now: readonly string[]): RankMovement[] {
  const rankIn = (list: readonly string[], key: string): number | null => (list.includes(key) ? list.indexOf(key) + 1 : null);
  return firstKeys([...before, ...now]).map((key) => ({ key, captured_rank: rankIn(before, key), current_rank: rankIn(now, key) }));
}
