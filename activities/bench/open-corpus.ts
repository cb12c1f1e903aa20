import { corpusContentHash, manifestDigest, overlayHash, type EventContent } from '../../domain/bench/index.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import {
  corpusRowSchema,
  foreignCorpusRowSchema,
  overlayRowSchema,
  type CorpusManifest,
  type OverlayRow,
} from '../../schemas/bench-corpus.ts';
import type { Digests } from '../ports.ts';
import type { CorpusFiles } from './corpus-files.ts';
import { readCorpusManifest } from './read-manifest.ts';
import { scanRows, type RowFault } from './scan-rows.ts';

/** A corpus whose rows are what its manifest says. */
export interface OpenCorpus {
  readonly version: string;
  /** The logical hash; of a corpus of another program, the label in its manifest. */
  readonly contentHash: string;
  /** Of the bytes of `corpus.jsonl`. */
  readonly jsonlHash: string;
  readonly schemaVersion: string | number | null;
  /** Null for an empty overlay. */
  readonly overlayHash: string | null;
  /** In the order of the file. */
  readonly rows: readonly EventContent[];
  readonly overlay: readonly OverlayRow[];
  /** Undefined for a corpus of another program. */
  readonly manifest: CorpusManifest | undefined;
}

/**
 * Opens a corpus for use: every row has the right hash and an id of its own, and rows, file and overlay have the hashes of the manifest. Whether
 * Parquet and redaction hold too is what `corpus verify` looks at. SourceError that names file and line for anything else.
 */
export async function openCorpus(
  files: CorpusFiles,
  { sha256, startSha256 }: Pick<Digests, 'sha256' | 'startSha256'>,
): Promise<OpenCorpus> {
  const { version } = files;
  const read = readCorpusManifest(files);
  if (read.kind === 'broken') throw cannotOpen(version, 'manifest.json', read.expected, read.found);
  const refuse = (file: string) => (fault: RowFault) => {
    throw cannotOpen(version, `${file}:${fault.line}`, fault.expected, fault.found);
  };
  if (!files.has('corpus.jsonl')) throw cannotOpen(version, 'corpus.jsonl', 'a file', 'none');
  const digest = startSha256();
  const lines = files.lines('corpus.jsonl', (piece) => digest.update(piece));
  const schema = read.kind === 'own' ? corpusRowSchema : foreignCorpusRowSchema;
  const rows = (await scanRows<EventContent>(lines, schema, sha256, refuse('corpus.jsonl'))).map(({ row }) => row);
  if (rows.length === 0) throw cannotOpen(version, 'corpus.jsonl', 'at least one row', 'none');
  const jsonlHash = digest.digest();
  if (read.kind === 'foreign') {
    const { corpus_content_hash: label, schema_version: own, corpus_schema_version: other } = read.manifest;
    hold(version, 'jsonl_content_hash', read.manifest.jsonl_content_hash ?? jsonlHash, jsonlHash);
    return {
      version,
      contentHash: label,
      jsonlHash,
      schemaVersion: own ?? other ?? null,
      overlayHash: null,
      rows,
      overlay: [],
      manifest: undefined,
    };
  }
  const { manifest } = read;
  hold(
    version,
    'manifest_digest',
    manifest.manifest_digest ?? 'none',
    manifest.manifest_digest === null ? 'none' : manifestDigest(manifest, sha256),
  );
  hold(version, 'jsonl_content_hash', manifest.jsonl_content_hash, jsonlHash);
  hold(version, 'corpus_content_hash', manifest.corpus_content_hash, corpusContentHash(rows, sha256));
  const overlay = files.has('overlay.jsonl')
    ? (await scanRows(files.lines('overlay.jsonl'), overlayRowSchema, sha256, refuse('overlay.jsonl'))).map(({ row }) => row)
    : [];
  hold(version, 'overlay_hash', String(manifest.overlay_hash), String(overlayHash(overlay, sha256)));
  return {
    version,
    contentHash: manifest.corpus_content_hash,
    jsonlHash,
    schemaVersion: manifest.schema_version,
    overlayHash: manifest.overlay_hash,
    rows,
    overlay,
    manifest,
  };
}

function hold(version: string, field: string, expected: string, found: string): void {
  if (expected !== found) throw cannotOpen(version, 'manifest.json', `${field} ${expected}`, found);
}

function cannotOpen(version: string, place: string, expected: string, found: string): SourceError {
  return new SourceError(
    `reading the corpus ${version}, on ${place}: expected ${expected}, found ${found}.`,
    `\`lauter bench corpus verify --corpus-version ${version}\` lists everything that is wrong; build the corpus anew or put it back from a copy.`,
  );
}
