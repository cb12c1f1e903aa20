import { asArray, asString, isObject, type JsonObject } from '../shared/json.ts';
import type { RunSummary } from '../shared/run-file.ts';
import { readMetric } from './metric-state.ts';
import { showRecorded } from './recorded-field.ts';

/** One question in one retrieval mode, as a run records it. */
export interface RunItem {
  readonly qaId: string;
  readonly golden: string | null;
  readonly mode: string;
  /** Null when no golden was found. */
  readonly rank: number | null;
  readonly isHitAt1: boolean;
  /** Reciprocal rank, 0 for a miss. */
  readonly reciprocalRank: number;
}

/** The items of a model's summary in every mode; rows that name no question or no mode are passed over. */
export function readItems({ value }: RunSummary): RunItem[] {
  const { downstream_proxy: proxy } = value;
  const rows = isObject(proxy) ? (asArray(proxy.per_item) ?? []) : [];
  return rows.flatMap((row) => {
    const [qaId, mode] = isObject(row) ? [asString(row.qa_id), asString(row.mode)] : [];
    return !isObject(row) || qaId === undefined || mode === undefined ? [] : [{ qaId, mode, golden: goldenOf(row), ...placeOf(row) }];
  });
}

function goldenOf(row: JsonObject): string | null {
  return showRecorded(row.golden_event_id);
}

/** The rank is the truth; where a row has none at all, its Hit@1 and reciprocal rank speak. */
function placeOf(row: JsonObject): Pick<RunItem, 'rank' | 'isHitAt1' | 'reciprocalRank'> {
  const { rank } = row;
  if (typeof rank === 'number' && Number.isSafeInteger(rank) && rank >= 1) return { rank, isHitAt1: rank === 1, reciprocalRank: 1 / rank };
  const hits = isObject(row.hit_at_k) ? row.hit_at_k : {};
  const told = readMetric(row.mrr, 0, 1);
  const isMiss = rank === null;
  const isHitAt1 = !isMiss && (hits['1'] === true || hits['1'] === 1);
  return { rank: null, isHitAt1, reciprocalRank: isMiss || told.state !== 'good' ? Number(isHitAt1) : told.value };
}
