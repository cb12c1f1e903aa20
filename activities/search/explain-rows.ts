import { rowId, type Candidate, type Multipliers, type NamedList } from '../../domain/search/index.ts';
import type { SearchResponse } from '../../schemas/search-response.ts';

/** How each row came to its place: its rank in each arm, from 1, and what its score was multiplied by. */
export function explainRows(
  rows: readonly Candidate[],
  lists: readonly NamedList[],
  multipliers: ReadonlyMap<string, Multipliers>,
  dropped: Readonly<Record<string, number>>,
): NonNullable<SearchResponse['explain']> {
  return {
    rows: rows.map((row) => {
      const id = rowId(row);
      const ranks = lists.map(({ arm, rows: found }) => [arm, found.findIndex((one) => rowId(one) === id) + 1] as const);
      return {
        key: row.key,
        chunk_id: row.chunk_id,
        arm_ranks: Object.fromEntries(ranks.filter(([, rank]) => rank > 0)),
        multipliers: { ...multipliers.get(id) },
      };
    }),
    dropped: { ...dropped },
  };
}
