import type { LedgerRow } from '../shared/ledger-row.ts';

/** What is wrong with the end of a chain that holds by itself. */
export interface HeadFault {
  /** The first row that is there and should not be, or should be there and is not. */
  readonly seq: number;
  readonly expected: string;
  readonly found: string;
}

/** Holds the end of a chain against the hash that somebody noted down; undefined when it is that. */
export function checkExpectedHead(rows: readonly Pick<LedgerRow, 'seq' | 'row_hash'>[], expected: string): HeadFault | undefined {
  const last = rows.at(-1);
  if (last?.row_hash === expected) return undefined;
  const known = rows.find(({ row_hash }) => row_hash === expected);
  const found = last === undefined ? 'no row at all' : `row ${last.seq} with the hash ${last.row_hash}`;
  return known === undefined
    ? { seq: (last?.seq ?? 0) + 1, expected: `a last row with the hash ${expected}`, found: `${found}, and that hash nowhere` }
    : { seq: known.seq + 1, expected: `row ${known.seq} as the last one, with the hash ${expected}`, found };
}
