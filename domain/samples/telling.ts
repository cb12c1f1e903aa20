import type { AdapterName, Category, QuarantineReason } from '../../schemas/vocabulary.ts';
import type { JsonObject, JsonValue } from '../shared/json.ts';

/** What the story says about one record: which task, which truth, and what the refinery must make of it. Written by hand per template, never computed by a rule. */
export interface Telling {
  readonly task: string;
  /** The source's own word on quality: `label accepted`, `reward 0.4`, `none`. */
  readonly truth: string;
  readonly expected: Category;
  readonly planted?: readonly string[];
  /** UTC day of the record's own time, or `undated`; left out where the format leaves it open. */
  readonly day?: string;
  /** Why a strict instruction data set must refuse the record although it is accepted. */
  readonly sft?: QuarantineReason;
}

/** A well-formed record and what is known about it. */
export interface Told extends Telling {
  readonly value: JsonObject;
}

/** A record that stands in the file twice; `reordered` writes its keys in another order. */
export interface Copied {
  readonly copyOf: Told;
  readonly reordered?: boolean;
}

/** A line that no reader may take for a record. */
export interface Broken {
  readonly raw: string | Uint8Array;
  readonly quarantine: QuarantineReason;
  readonly planted?: readonly string[];
}

export type Entry = Told | Copied | Broken;

/** One row of the truth file. */
export interface TruthRecord {
  readonly file: string;
  /** 0-based line, for line files. */
  readonly line?: number;
  /** JSON pointer, for files that hold one JSON value. */
  readonly pointer?: string;
  /** uuid of the last message, where a session forks. */
  readonly leaf?: string;
  readonly task?: string;
  readonly truth?: string;
  readonly day?: string;
  readonly expected_category?: Category;
  readonly expected_quarantine?: QuarantineReason;
  readonly expected_sft_quarantine?: QuarantineReason;
  readonly planted: readonly string[];
}

/** A file of a stream with the truth about all that stands in it; companions have none. */
export interface LaidFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly truths: readonly TruthRecord[];
}

/** A secret or personal datum that must not survive in any output. */
export interface Planted {
  readonly kind: string;
  readonly text: string;
}

/** One source of the sample workspace. */
export interface Stream {
  readonly name: string;
  readonly adapter: AdapterName;
  readonly about: string;
  readonly paths: readonly string[];
  readonly options?: Readonly<Record<string, JsonValue>>;
  readonly files: readonly LaidFile[];
  readonly secrets: readonly Planted[];
}
