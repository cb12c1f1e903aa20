import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { CapturedRow } from '../../schemas/captured-row.ts';

/** Where a row stands among the others. */
export interface CapturedPlace {
  /** Milliseconds since the Unix epoch. */
  readonly createdMs: number;
  readonly id: number;
}

/** A row as a line of a segment, with its end. Moment and id stand first, so that they can be read without the rest. */
export function writeCapturedLine({ created_at, id, ...rest }: CapturedRow): Buffer {
  return Buffer.from(`${JSON.stringify({ created_at, id, ...rest })}\n`);
}

/** Moment and id of a line; undefined when it is no row. */
export function findPlace(line: Buffer): CapturedPlace | undefined {
  const [, moment, id] = /^\{"created_at":"([^"]{20,30})","id":(\d{1,16}),/.exec(line.toString('latin1', 0, PLACE_BYTES)) ?? [];
  const createdMs = Date.parse(moment ?? '');
  return Number.isNaN(createdMs) ? undefined : { createdMs, id: Number(id) };
}

/** The same; LakeCorruptError when the line is no row. */
export function readPlace(line: Buffer, path: string): CapturedPlace {
  const place = findPlace(line);
  if (place === undefined) throw damaged(path);
  return place;
}

/** The row of a line. LakeCorruptError when it is none. */
export function readCapturedLine(line: Buffer, path: string): CapturedRow {
  try {
    return JSON.parse(line.toString('utf8')) as CapturedRow;
  } catch (error) {
    throw damaged(path, error);
  }
}

/** What moment and id take at most. */
const PLACE_BYTES = 96;

function damaged(path: string, cause?: unknown): LakeCorruptError {
  return new LakeCorruptError(
    `reading captured searches, on ${path}: expected rows that Lauter wrote, found a line that is none.`,
    'Remove that line, or the file with all its rows.',
    {},
    cause,
  );
}
