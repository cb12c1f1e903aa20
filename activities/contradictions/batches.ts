/** Queries whose candidates are searched in one activity. */
const QUERIES_PER_BATCH = 16;

/** Batches that so many queries are searched in. */
export function countBatches(queries: number): number {
  return Math.ceil(queries / QUERIES_PER_BATCH);
}

/** Numbers of the queries of a batch: the first, and the one behind the last. */
export function batchSpan(batch: number): readonly [from: number, to: number] {
  return [batch * QUERIES_PER_BATCH, (batch + 1) * QUERIES_PER_BATCH];
}
