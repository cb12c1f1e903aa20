import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import type { Locator } from '../../schemas/evidence.ts';
import type { SourcePart } from '../../schemas/plan.ts';
import { readChunks } from '../byte-chunks.ts';
import { filesAround } from './files-around.ts';
import { segmentsOf } from './rotated-records.ts';
import { signedRecords, type SignedRecord, type SourceReading } from './signed-records.ts';
import type { RawRecord } from './source-adapter.ts';
import { wholeFile } from './whole-file.ts';

/** A record that a run read, and how it read it. */
export interface SoughtRecord extends SourceReading {
  readonly evidenceId: string;
  readonly sigHash: string;
  readonly locator: Locator;
  /** Size of the file when the run read it. */
  readonly plannedBytes: number;
}

/** What became of a source record since a run read it. */
export type FoundSource =
  /** It stands where it stood. */
  | { readonly state: 'found'; readonly record: SignedRecord }
  /** It stands in the same file, in another place. */
  | { readonly state: 'elsewhere'; readonly record: SignedRecord }
  /** It stands in another file beside the one it was in; `isGone` tells whether that one is no longer there. */
  | { readonly state: 'moved'; readonly path: string; readonly record: SignedRecord; readonly isGone: boolean }
  /** It stands in an archive that its file was packed into. */
  | { readonly state: 'packed'; readonly path: string; readonly record: SignedRecord }
  /** Something else stands in its place. */
  | { readonly state: 'changed'; readonly record: SignedRecord; readonly bytes: number }
  /** Nothing that can be read stands in its place. */
  | { readonly state: 'no_record'; readonly bytes: number }
  | { readonly state: 'gone' }
  | { readonly state: 'unreadable'; readonly detail: string };

const LINE_FEED = 10;

/**
 * Looks for a record where a run read it, then in the whole file, then in what a log of replays was rotated into, and in the files beside it that may
 * be the same one rotated, renamed or compressed. Reads as a run does, in bounded memory; never throws for a file that is gone, changed or damaged.
 */
export async function findSigned(sought: SoughtRecord): Promise<FoundSource> {
  try {
    return await lookFor(sought);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof SourceError) return { state: 'unreadable', detail: error.message };
    if (code !== undefined && 'syscall' in (error as object)) return { state: 'unreadable', detail: code };
    throw error;
  }
}

async function lookFor(sought: SoughtRecord): Promise<FoundSource> {
  const now = await wholeFile(sought.part, sought.part.path);
  if (now === undefined) return (await lookAround(sought, true)) ?? { state: 'gone' };
  const atPlace = await readPlace(sought, now);
  if (atPlace?.sigHash === sought.sigHash) return { state: 'found', record: atPlace };
  const elsewhere = await search({ ...sought, part: now }, sought);
  if (elsewhere !== undefined) return { state: 'elsewhere', record: elsewhere };
  const moved = await lookAround(sought, false);
  if (moved !== undefined) return moved;
  return atPlace === undefined ? { state: 'no_record', bytes: now.end } : { state: 'changed', record: atPlace, bytes: now.end };
}

/** What stands in the record's place now: the attempt itself where it is among those of the place. */
async function readPlace(sought: SoughtRecord, now: SourcePart): Promise<SignedRecord | undefined> {
  const { locator, part } = sought;
  const place = canonicalJson(locator as JsonValue);
  let other: SignedRecord | undefined;
  const range = (await hasKeptItsLines(part, now)) ? { ...part, end: Math.min(part.end, now.end) } : now;
  for await (const record of signedRecords({ ...sought, part: range }, (raw) => holdsPlace(raw, locator, part.layout))) {
    if (canonicalJson(record.locator as JsonValue) !== place) continue;
    if (record.evidenceId === sought.evidenceId) return record;
    if (other === undefined || record.sigHash === sought.sigHash) other = record;
  }
  return other;
}

/** True when the block that the record was read from still begins at the same line, so that nothing before it need be read as records. */
async function hasKeptItsLines(part: SourcePart, now: SourcePart): Promise<boolean> {
  if (part.layout !== 'lines' || part.compression !== 'none' || now.compression !== 'none') return false;
  if (part.start === 0) return true;
  if (part.start >= now.end) return false;
  let lines = 0;
  let last = 0;
  for await (const chunk of readChunks({ ...now, end: part.start })) {
    for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) lines += 1;
    last = chunk.at(-1) ?? last;
  }
  return lines === part.line && last === LINE_FEED;
}

/** False only where the record cannot be the one of the place, so that it need not be understood. */
function holdsPlace(record: RawRecord, locator: Locator, layout: SourcePart['layout']): boolean {
  if (layout === 'lines') return locator.line === undefined || record.line === locator.line;
  const own = record.locator.pointer;
  if (layout !== 'elements' || own === undefined || locator.pointer === undefined) return true;
  return locator.pointer === own || locator.pointer.startsWith(`${own}/`);
}

async function search(reading: SourceReading, { sigHash, evidenceId }: SoughtRecord): Promise<SignedRecord | undefined> {
  let other: SignedRecord | undefined;
  for await (const record of signedRecords(reading)) {
    if (record.evidenceId === evidenceId) return record;
    if (record.sigHash === sigHash) other ??= record;
  }
  return other;
}

async function lookAround(sought: SoughtRecord, isGone: boolean): Promise<FoundSource | undefined> {
  for (const path of [...segmentsOf(sought.part.path), ...filesAround(sought.part.path, sought.plannedBytes)]) {
    const part = await wholeFile(sought.part, path);
    if (part === undefined) continue;
    const record = await searchQuietly({ ...sought, part }, sought);
    if (record === undefined) continue;
    return part.layout === sought.part.layout ? { state: 'moved', path, record, isGone } : { state: 'packed', path, record };
  }
  return undefined;
}

/** A file that only looks related may be of any kind and in any state. */
async function searchQuietly(reading: SourceReading, sought: SoughtRecord): Promise<SignedRecord | undefined> {
  try {
    return await search(reading, sought);
  } catch (error) {
    if (error instanceof SourceError || 'syscall' in (error as object)) return undefined;
    throw error;
  }
}
