/** What reading a corpus or a fixture needs of the world, as types; `cli/bench/` wires adapters into them. */
import type { JsonLine } from '../../domain/shared/json-line.ts';
import type { CorpusRow } from '../../schemas/bench-corpus.ts';

/** The files of one corpus. */
export interface CorpusFiles {
  /** The label that it goes by. */
  readonly version: string;
  /** Where it lies, for messages. */
  readonly folder: string;
  /** Undefined when there is none: then there is no corpus. */
  manifestText(): string | undefined;
  has(name: 'corpus.jsonl' | 'corpus.parquet' | 'overlay.jsonl'): boolean;
  /** The lines of a file that is there; `look` sees every byte. */
  lines(name: 'corpus.jsonl' | 'overlay.jsonl', look?: (piece: Uint8Array) => void): AsyncIterable<JsonLine>;
  /** sha256 of the bytes of a file that is there. */
  fileHash(name: 'corpus.parquet' | 'overlay.jsonl'): string;
  /** LakeCorruptError for a file that is no Parquet with these columns. */
  parquetRows(): AsyncIterable<readonly CorpusRow[]>;
}

/** The files of one fixture. */
export interface QaFiles {
  /** As it was named. */
  readonly name: string;
  readonly path: string;
  readonly provenancePath: string;
  /** SourceError when there is no fixture. */
  lines(): AsyncIterable<JsonLine>;
  provenanceText(): string | undefined;
}
