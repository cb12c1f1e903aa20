import type { ReplayRow } from '../../schemas/baseline.ts';

/** A captured row as one may write it by hand: a query, the slugs it found, and 10 ms. */
export function capturedRow(query: string, retrieved_slugs: readonly string[], more: Partial<ReplayRow> = {}): ReplayRow {
  return { schema_version: 1, tool_name: 'query', query, retrieved_slugs: [...retrieved_slugs], latency_ms: 10, ...more };
}

/** Rows as a file of JSON lines. */
export function rowFile(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
