import type { Sha256 } from '../../shared/ledger-row.ts';
import { compareRows, type EventContent } from './corpus-row.ts';

/** What the logical hash is of. */
export type HashedRow = Pick<EventContent, 'event_id' | 'source' | 'content_sha256'>;

/** `corpus_content_hash`: of ids and contents alone, whatever the order of the rows or the files they stand in. */
export function corpusContentHash(rows: readonly HashedRow[], sha256: Sha256): string {
  return logicalHash('lauter-corpus/1', rows, sha256);
}

/** `overlay_hash`, formed alike; null for an empty overlay. */
export function overlayHash(rows: readonly HashedRow[], sha256: Sha256): string | null {
  return rows.length === 0 ? null : logicalHash('lauter-overlay/1', rows, sha256);
}

function logicalHash(name: string, rows: readonly HashedRow[], sha256: Sha256): string {
  const lines = [...rows].sort(compareRows).map((row) => `${row.event_id}\t${row.content_sha256}\n`);
  return sha256(`${name}\n${lines.join('')}`);
}
