import type { ReplayResult, ReplaySummary } from '../../schemas/replay-report.ts';
import { percentile } from '../stats/percentile.ts';
import { mean } from '../stats/variance.ts';
import type { ReplayedRow } from './compare-row.ts';
import { joinHashes } from './hashes.ts';

/** What rows came to. A number that is not finite makes a mean null, never a pass. */
export function summarizeReplay(replayed: readonly ReplayedRow[]): ReplaySummary {
  const results = replayed.map(({ result }) => result);
  const ran = results.filter((result) => result.errored !== true && result.skipped !== true);
  const tried = results.filter((result) => result.skipped !== true);
  const metas = replayed.flatMap(({ meta }) => meta ?? []);
  const corpora = new Set(metas.map(({ corpus_hash }) => corpus_hash));
  const latencies = finiteOrNull(ran.map(({ current_latency_ms }) => current_latency_ms));
  return {
    rows_total: results.length,
    rows_replayed: ran.length,
    rows_skipped: results.length - tried.length,
    rows_errored: tried.length - ran.length,
    mean_jaccard: meanOf(ran.map(({ jaccard }) => jaccard)),
    top1_stability_rate: meanOf(ran.map(({ top1Match }) => Number(top1Match))),
    mean_latency_delta_ms: meanOf(ran.map(({ latency_delta_ms }) => latency_delta_ms)),
    rows_over_2x_latency: ran.filter(isTwiceAsSlow).length,
    mean_jaccard_strict: meanOf(tried.map(({ jaccard }) => jaccard)),
    top1_stability_strict: meanOf(tried.map(({ top1Match }) => Number(top1Match))),
    mean_rbo: meanOf(ran.map(({ rbo }) => rbo)),
    rows_degraded: results.filter(({ degraded }) => degraded === true).length,
    p50_latency_ms: latencies === null ? null : percentile(latencies, 50),
    p95_latency_ms: latencies === null ? null : percentile(latencies, 95),
    knob_hash: joinHashes(metas.map(({ knob_hash }) => knob_hash)),
    corpus_hash: corpora.size === 1 ? ([...corpora][0] ?? null) : null,
  };
}

/** The rows that moved furthest, those that errored before all; rows that did not move are none of them. */
export function worstRows(results: readonly ReplayResult[], most: number): ReplayResult[] {
  const moved = results.filter((result) => result.skipped !== true && !isUnmoved(result));
  const keyed = moved.map((result, at) => ({ result, at }));
  return keyed
    .sort(
      (left, right) => severity(right.result) - severity(left.result) || overlap(left.result) - overlap(right.result) || left.at - right.at,
    )
    .slice(0, most)
    .map(({ result }) => result);
}

/** A row is compared with its own captured latency, which the change tells. */
function isTwiceAsSlow({ current_latency_ms, latency_delta_ms }: ReplayResult): boolean {
  if (current_latency_ms === null || latency_delta_ms === null) return false;
  const captured = current_latency_ms - latency_delta_ms;
  return captured > 0 && current_latency_ms > 2 * captured;
}

function meanOf(values: readonly (number | null)[]): number | null {
  const numbers = finiteOrNull(values);
  return numbers === null || numbers.length === 0 ? null : mean(numbers);
}

function finiteOrNull(values: readonly (number | null)[]): number[] | null {
  const numbers = values.filter((value) => value !== null && Number.isFinite(value)) as number[];
  return numbers.length === values.length ? numbers : null;
}

function isUnmoved({ jaccard, top1Match, rbo }: ReplayResult): boolean {
  return jaccard === 1 && top1Match === true && rbo !== null && rbo > 1 - 1e-12;
}

/** Errors, then pages that were lost, then another first page. */
function severity({ errored, jaccard, top1Match }: ReplayResult): number {
  return (errored === true ? 4 : 0) + 2 * (1 - (jaccard ?? 0)) + (top1Match === true ? 0 : 0.5);
}

function overlap({ rbo }: ReplayResult): number {
  return rbo ?? 0;
}
