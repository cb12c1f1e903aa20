import type { BucketSpec } from '../../../schemas/bench-corpus.ts';

const DAY_MS = 86_400_000;

/** The window `[now - days, now]`, cut into buckets. */
export function cutWindow(nowMs: number, days: number, buckets: number): BucketSpec {
  return { days, buckets, window_start_ms: nowMs - days * DAY_MS, window_end_ms: nowMs };
}

/**
 * Index of the bucket that a moment falls into, or on which side of the window it lies. Buckets are equally wide, in whole milliseconds, and closed
 * at their left end; the last one takes what the division leaves over, and the end of the window itself.
 */
export function bucketOf(
  atMs: number,
  { buckets, window_start_ms: startMs, window_end_ms: endMs }: BucketSpec,
): number | 'before' | 'after' {
  if (atMs < startMs) return 'before';
  if (atMs > endMs) return 'after';
  const widthMs = Math.floor((endMs - startMs) / buckets);
  return Math.min(buckets - 1, Math.floor((atMs - startMs) / widthMs));
}
