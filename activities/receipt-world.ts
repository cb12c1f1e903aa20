/**
 * What verifying receipts needs of the world, as types; `adapters/lake/receipt-world.ts` implements it. Paths are relative to the workspace.
 */
import type { RowDigests, StoredEvidence, StoredScore } from '../domain/receipts/index.ts';
import type { Manifest } from '../schemas/manifest.ts';
import type { Stage } from '../schemas/vocabulary.ts';
import type { Digests } from './ports.ts';

/** A stored row with the digests that were stored beside it, and the Parquet file it stands in. */
export type Digested<Row> = Row & RowDigests & { readonly part: string };

/** A dataset version held against the disk. */
export interface VersionCheck {
  /** Null when it cannot be read. */
  readonly manifest: Manifest | null;
  readonly files: number;
  readonly bytes: number;
  /** What is not as it is stated: `manifest` when it is the manifest's own fault, `shard` when it is one of its files. */
  readonly findings: readonly {
    readonly of: 'manifest' | 'shard';
    readonly path: string;
    readonly expected: string;
    readonly found: string;
  }[];
}

export interface ReceiptWorld {
  readonly digests: Digests;
  /** A small file as text; undefined when there is none, null when its bytes are no text. */
  readText(path: string): string | null | undefined;
  /** Size and sha256 of a file; undefined when there is none. Throws for a path that leads out of the workspace. */
  digestFile(path: string): Promise<{ readonly sha256: string; readonly bytes: number } | undefined>;
  /** Lines of a file in batches. */
  readLines(path: string): AsyncIterable<readonly string[]>;
  checkVersion(kind: string, digest: string, onFile: (done: number, total: number) => void): Promise<VersionCheck>;
  scanEvidence(manifest: Manifest): AsyncIterable<readonly Digested<StoredEvidence>[]>;
  scanScored(manifest: Manifest): AsyncIterable<readonly Digested<StoredScore>[]>;
  /** The stored digests of the rows that count, in key order. */
  scanDigests(manifest: Manifest): AsyncIterable<readonly RowDigests[]>;
}

/** Called now and then while receipts are verified. */
export interface VerifyProgress {
  (progress: { readonly stage: Stage; readonly done: number; readonly total: number; readonly rows: number }): void;
}
