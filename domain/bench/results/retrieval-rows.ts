import type { BenchRetrievalRow } from '../../../schemas/bench-results.ts';
import { isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { labelOf, listOf, numberOf, objectOf } from './field-values.ts';

/** What {@link retrievalRows} made of the items of a summary. */
export interface RetrievalRows {
  readonly rows: readonly BenchRetrievalRow[];
  /** Items without `qa_id` or `mode`. */
  readonly skipped: number;
}

/** Where the items stand, and what tells the source of an event. */
export interface ItemPlace {
  readonly runId: string;
  readonly modelId: string;
  readonly sourceOfEvent: ReadonlyMap<string, string>;
}

/** The questions of a model's summary, one row for each question and mode, ordered by both; of rows of one key the last counts. */
export function retrievalRows(summary: JsonObject, place: ItemPlace): RetrievalRows {
  const items = listOf(objectOf(summary.downstream_proxy).per_item);
  const byKey = new Map<string, BenchRetrievalRow>();
  let skipped = 0;
  for (const item of items) {
    const row = isObject(item) ? retrievalRow(item, place) : undefined;
    if (row === undefined) skipped += 1;
    else byKey.set(`${row.qa_id}\n${row.mode}`, row);
  }
  const keys = [...byKey.keys()].sort();
  return { rows: keys.map((key) => byKey.get(key)!), skipped };
}

function retrievalRow(item: JsonObject, { runId, modelId, sourceOfEvent }: ItemPlace): BenchRetrievalRow | undefined {
  const { qa_id, mode } = item;
  if (typeof qa_id !== 'string' || qa_id === '' || typeof mode !== 'string' || mode === '') return undefined;
  const golden = labelOf(item.golden_event_id);
  const rank = rankOf(item.rank);
  const hit = (k: '1' | '3' | '5' | '10'): 0 | 1 => hitOf(item, k, rank);
  return {
    run_id: runId,
    model_id: modelId,
    qa_id: qa_id.toWellFormed(),
    mode: mode.toWellFormed(),
    golden_event_id: golden,
    source: golden === null ? null : (sourceOfEvent.get(golden) ?? null),
    rank,
    rr: shareOf(item.mrr) ?? (rank === null ? 0 : 1 / rank),
    hit_at_1: hit('1'),
    hit_at_3: hit('3'),
    hit_at_5: hit('5'),
    hit_at_10: hit('10'),
    ndcg_at_10: shareOf(item.ndcg_at_10) ?? (rank === null || rank > MOST_COUNTED ? 0 : 1 / Math.log2(rank + 1)),
  };
}

const MOST_COUNTED = 10;

function rankOf(value: JsonValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : null;
}

function shareOf(value: JsonValue | undefined): number | null {
  const number = numberOf(value);
  return number !== null && number >= 0 && number <= 1 ? number : null;
}

/** A null is a miss. Where the field is absent, the rank says what it would have been. */
function hitOf({ hit_at_k: hits }: JsonObject, k: string, rank: number | null): 0 | 1 {
  const told = isObject(hits) ? hits[k] : hits;
  if (told === undefined) return rank !== null && rank <= Number(k) ? 1 : 0;
  return told === 1 || told === true ? 1 : 0;
}
