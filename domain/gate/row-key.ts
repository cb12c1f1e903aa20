import type { BaselineRow, ReplayRow } from '../../schemas/baseline.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import { canonicalRow } from './hashes.ts';

/** What two rows of a baseline must not have in common: tool, sources and query. */
export function duplicateKey(row: BaselineRow): string {
  return `${row.tool_name}|${joinSources(row)}|${row.query_hash}`;
}

/** The rows in the order of a baseline: by tool, query hash, sources, and at last by their whole content. */
export function sortRows(rows: readonly BaselineRow[]): BaselineRow[] {
  const keyed = rows.map((row) => ({ row, keys: [row.tool_name, row.query_hash, joinSources(row), canonicalRow(row)] as const }));
  return keyed.sort((left, right) => compareKeys(left.keys, right.keys)).map(({ row }) => row);
}

function joinSources({ source_ids }: ReplayRow): string {
  return [...(source_ids ?? [])].sort(compareCodePoints).join(',');
}

function compareKeys(left: readonly string[], right: readonly string[]): number {
  for (const [place, key] of left.entries()) {
    const order = compareCodePoints(key, right[place] ?? '');
    if (order !== 0) return order;
  }
  return 0;
}
