import { readFileSync, rmSync } from 'node:fs';
import { syncFolder, writeFileAtomically } from '../atomic-write.ts';
import { sweepTemporaries } from '../scratch.ts';
import { cutUnfinished, lastPlace, nextId } from './append-captured.ts';
import { PRIVATE } from './capture-places.ts';
import { listSegments, segmentFrom, type Segment } from './capture-segments.ts';
import { readPlace } from './captured-line.ts';
import { linesBackwards, linesForwards } from './whole-lines.ts';

/** Rows from before a moment. Every one is counted, however many there are. */
export function countCapturedBefore(folder: string, cutoffMs: number): number {
  return planPrune(listSegments(folder), cutoffMs).count;
}

/**
 * Removes the rows from before a moment and says how many they were: whole segments from the oldest on, then the first rows of the one that stays, by
 * rename. Cut off at any point, no other row is gone. Whoever calls this holds the lock.
 */
export function pruneCaptured(folder: string, cutoffMs: number): number {
  sweepTemporaries(folder, 'top');
  const segments = listSegments(folder);
  const newest = segments.at(-1);
  if (newest === undefined) return 0;
  cutUnfinished(newest.path);
  const { count, whole, partial } = planPrune(segments, cutoffMs);
  // Ids go on where they were: a segment without rows remembers the next one.
  if (whole.includes(newest)) writeFileAtomically(segmentFrom(folder, nextId(newest, lastPlace(segments))).path, '', PRIVATE.file);
  for (const { path } of whole) rmSync(path, { force: true });
  if (partial !== undefined) writeFileAtomically(partial.path, readFileSync(partial.path).subarray(partial.keptFrom), PRIVATE.file);
  if (whole.length > 0) syncFolder(folder);
  return count;
}

interface PrunePlan {
  readonly count: number;
  /** Segments all of whose rows go, the oldest first. */
  readonly whole: readonly Segment[];
  /** The segment that keeps what stands from this byte on. */
  readonly partial?: { readonly path: string; readonly keptFrom: number };
}

function planPrune(segments: readonly Segment[], cutoffMs: number): PrunePlan {
  const whole: Segment[] = [];
  let count = 0;
  for (const segment of segments) {
    const { path } = segment;
    const [last] = linesBackwards(path);
    if (last === undefined) continue;
    const goesWhole = readPlace(last, path).createdMs < cutoffMs;
    let inside = 0;
    for (const { line, start } of linesForwards(path)) {
      if (!goesWhole && readPlace(line, path).createdMs >= cutoffMs) {
        return { count: count + inside, whole, ...(inside === 0 ? {} : { partial: { path, keptFrom: start } }) };
      }
      inside += 1;
    }
    count += inside;
    whole.push(segment);
  }
  return { count, whole };
}
