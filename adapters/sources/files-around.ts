import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const MOST = 32;

/**
 * Files in the same folder that may be this one under another name: rotated (`desk.jsonl.1`, `desk-2026-03-02.jsonl`), compressed, unpacked, or of
 * the size that it had. The likeliest first; not more than 32, and no file itself.
 */
export function filesAround(path: string, sizeBytes: number): string[] {
  const name = basename(path);
  const stem = name.replace(/(?:\.(?:gz|zst|jsonl?|ndjson|traj|eval|log|\d+))+$/i, '');
  const folder = dirname(path);
  const likeness = (other: string): number | undefined => {
    if (other.startsWith(`${name}.`) || other.startsWith(`${name}-`) || name.startsWith(`${other}.`)) return 0;
    if (other.startsWith(stem) && !/[\p{L}\p{N}]/u.test(other.charAt(stem.length))) return 1;
    return sizeOf(join(folder, other)) === sizeBytes ? 2 : undefined;
  };
  return namesIn(folder)
    .flatMap((other) => {
      const rank = other === name ? undefined : likeness(other);
      return rank === undefined ? [] : [{ other, rank }];
    })
    .sort((left, right) => left.rank - right.rank || (left.other < right.other ? -1 : 1))
    .slice(0, MOST)
    .map(({ other }) => join(folder, other));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function sizeOf(path: string): number | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true ? stat.size : undefined;
}
