import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Captured rows lie in segments, files of lines that are appended to until they are full. Names hold the lowest id that may stand inside, so they sort
 * by age. Moments never go down from one row to the next, whatever the clock does: the oldest rows are the first lines of the first segments.
 */
export interface Segment {
  readonly path: string;
  readonly leastId: number;
}

/** Segments in the order of ids; none when nothing was ever captured. */
export function listSegments(folder: string): Segment[] {
  return namesIn(folder)
    .flatMap((name) => {
      const [, digits] = /^rows-(\d{16})\.jsonl$/.exec(name) ?? [];
      return digits === undefined ? [] : [{ path: join(folder, name), leastId: Number(digits) }];
    })
    .toSorted((a, b) => a.leastId - b.leastId);
}

/** The segment whose rows begin with this id. */
export function segmentFrom(folder: string, leastId: number): Segment {
  return { path: join(folder, `rows-${String(leastId).padStart(16, '0')}.jsonl`), leastId };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
