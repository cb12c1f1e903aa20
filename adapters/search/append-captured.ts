import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { NewCapturedRow } from '../../schemas/captured-row.ts';
import { syncFolder, writeWhole } from '../atomic-write.ts';
import { translateDiskFull } from '../disk-full.ts';
import { PRIVATE } from './capture-places.ts';
import { listSegments, segmentFrom, type Segment } from './capture-segments.ts';
import { findPlace, writeCapturedLine, type CapturedPlace } from './captured-line.ts';
import { linesBackwards, wholeBytes } from './whole-lines.ts';

/** Appends a row durably, under the next id and a moment that is no earlier than that of the row before. Whoever calls this holds the lock. */
export function appendCaptured(folder: string, row: NewCapturedRow, atMs: number): void {
  const segments = listSegments(folder);
  const segment = segments.at(-1) ?? segmentFrom(folder, 1);
  cutUnfinished(segment.path);
  const last = lastPlace(segments);
  const id = nextId(segment, last);
  const createdMs = Math.max(atMs, last?.createdMs ?? atMs);
  const line = writeCapturedLine({ ...row, id, created_at: new Date(createdMs).toISOString() });
  const size = sizeOf(segment.path);
  const isFull = size > 0 && size + line.length > FULL_BYTES;
  appendBytes(isFull ? segmentFrom(folder, id).path : segment.path, line);
}

/** Clears away what a process left that died while it was writing: nobody was told that it is kept. */
export function cutUnfinished(path: string): void {
  const whole = wholeBytes(path);
  if (whole < sizeOf(path)) changeFile(path, (file) => ftruncateSync(file, whole));
}

/** Moment and id of the last row that can be read. */
export function lastPlace(segments: readonly Segment[]): CapturedPlace | undefined {
  for (const { path } of segments.toReversed()) {
    for (const line of linesBackwards(path)) {
      const place = findPlace(line);
      if (place !== undefined) return place;
    }
  }
  return undefined;
}

/** The id after the last row, also where a segment without rows is all that remembers it. */
export function nextId(newest: Segment, last: CapturedPlace | undefined): number {
  return Math.max((last?.id ?? 0) + 1, newest.leastId);
}

/** Bytes at which a segment is full: what pruning writes anew at most. */
const FULL_BYTES = 4 * 1024 * 1024;

/** Leaves the file as it was when there is no room for all of it. */
function appendBytes(path: string, bytes: Buffer): void {
  const isNew = !existsSync(path);
  const before = sizeOf(path);
  try {
    changeFile(path, (file) => writeWhole(file, bytes));
  } catch (error) {
    if (existsSync(path)) changeFile(path, (file) => ftruncateSync(file, before));
    throw translateDiskFull(error, path) ?? error;
  }
  if (isNew) syncFolder(dirname(path));
}

function changeFile(path: string, change: (file: number) => void): void {
  const file = openSync(path, 'a', PRIVATE.file);
  try {
    change(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
