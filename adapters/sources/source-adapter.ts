import type { Draft, RawRecord, RecordContext } from '../../activities/ports.ts';
import type { JsonObject, JsonValue } from '../../domain/shared/json.ts';
import type { AdapterName } from '../../schemas/vocabulary.ts';
import type { ParquetFacts } from '../replay-archive.ts';

/**
 * How the records of a file lie in it, and so how it is read:
 * `lines` one JSON value a line (split into blocks, read in parallel);
 * `elements` the elements of a top-level array, or the entries of a top-level object, streamed one by one;
 * `document` the whole file is one record;
 * `session` a line file whose lines belong together (parent links), handed over as a whole;
 * `log` an object whose array `samples` holds the records, streamed one by one; its other entries, the header, go with each of them;
 * `archive` a zip whose members below `samples/` are the records, unpacked one by one; what its header member says goes with each of them;
 * `parquet` an archive of our own log, whose rows hold the lines of equal runs, handed over one by one;
 * `traces` OTLP spans, one or many a line or array element, in any order: handed over trace by trace.
 */
export type Layout = 'lines' | 'elements' | 'document' | 'session' | 'log' | 'archive' | 'parquet' | 'traces';

/** The beginning of a candidate file, decompressed, as detection sees it. */
export interface FileSample {
  /** Path relative to the source's root, with `/`. */
  readonly path: string;
  /** Up to 256 KiB of text from the start. */
  readonly head: string;
  /** True when `head` is the whole file. */
  readonly complete: boolean;
  /** Up to 20 leading lines of `head` that parse as JSON, with those that do not left out. */
  readonly lines: readonly JsonValue[];
  /** Leading lines that are not JSON, before the first that is. */
  readonly leadingNoise: number;
  /** The file as one JSON value where that can be told: the parsed value when complete, else undefined. */
  readonly document: JsonValue | undefined;
  /** The first complete element of a top-level array, or [key, value] of the first entry of a top-level object; found by streaming, so also for huge files. */
  readonly firstElement: { readonly container: 'array' | 'object'; readonly key: string; readonly value: JsonValue } | undefined;
  /** Only for a zip, of which there is no text to sample: what its directory and its header member say, or why it cannot be opened. */
  readonly archive?: ArchiveSample | { readonly fault: string };
  /** Only for Parquet, of which there is no text to sample either: what its metadata says. */
  readonly parquet?: ParquetFacts;
}

export interface ArchiveSample {
  readonly members: number;
  /** Members that hold a record. */
  readonly samples: number;
  readonly header: JsonObject | undefined;
}

/** What an adapter says about a file it recognises. `companion`: belongs to the format but holds no records (chat notes, a result list). */
export interface Detection {
  readonly layout: Layout | 'companion';
  /** 0..1; two adapters at the same highest confidence are a conflict. */
  readonly confidence: number;
  readonly reason: string;
}

export type { Draft, EvidenceDraft, RawRecord, RecordContext, RefusedDraft } from '../../activities/ports.ts';

/** One trace format. Pure: no file access, no clock, no chance. */
export interface SourceAdapter {
  readonly name: AdapterName;
  /** Bumped with every change of what `normalize` returns; part of the shard key. */
  readonly version: number;
  /** The layout and how sure, or undefined when this is not the format. */
  detect(sample: FileSample): Detection | undefined;
  /** The attempts that one raw record holds. Never throws on bad data: returns a RefusedDraft. */
  normalize(record: RawRecord, context: RecordContext): readonly Draft[];
}
