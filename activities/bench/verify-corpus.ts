import { checkPayload, compareForeignManifest, compareManifest, overlayHash, type EventContent } from '../../domain/bench/index.ts';
import {
  corpusRowSchema,
  foreignCorpusRowSchema,
  overlayRowSchema,
  type CorpusManifest,
  type CorpusRow,
} from '../../schemas/bench-corpus.ts';
import type { CorpusMismatch, CorpusVerification } from '../../schemas/bench-corpus-reports.ts';
import type { Digests } from '../ports.ts';
import { compareParquet } from './compare-parquet.ts';
import type { CorpusFiles } from './corpus-files.ts';
import { readCorpusManifest } from './read-manifest.ts';
import { scanRows, type PlacedRow, type RowFault } from './scan-rows.ts';

type FileName = 'corpus.jsonl' | 'overlay.jsonl';

/** Checks every hash, count and row of a corpus, and finds everything that does not hold. SourceError when there is no manifest, so no corpus. */
export async function verifyCorpus(files: CorpusFiles, digests: Pick<Digests, 'sha256' | 'startSha256'>): Promise<CorpusVerification> {
  const { sha256 } = digests;
  const read = readCorpusManifest(files);
  const mismatches: CorpusMismatch[] = [];
  const report = (file: FileName) => (fault: RowFault) => void mismatches.push(mismatchAt(file, fault));
  if (read.kind === 'broken') {
    mismatches.push({ check: 'manifest', file: 'manifest.json', line: null, event_id: null, expected: read.expected, found: read.found });
  }
  const digest = digests.startSha256();
  const schema = read.kind === 'foreign' ? foreignCorpusRowSchema : corpusRowSchema;
  const lines = linesOf(files, 'corpus.jsonl', mismatches, (piece) => digest.update(piece));
  const rows = await scanRows<EventContent>(lines, schema, sha256, report('corpus.jsonl'));
  checkPayloads('corpus.jsonl', rows, mismatches);
  const found = { rows: rows.map(({ row }) => row), jsonlSha256: digest.digest() };
  let overlayCount = 0;
  if (read.kind === 'foreign') {
    for (const fault of compareForeignManifest(read.manifest, found)) mismatches.push(wholeFile(fault));
  } else if (read.kind === 'own') {
    const { manifest } = read;
    for (const fault of compareManifest(manifest, found, sha256)) mismatches.push(wholeFile(fault));
    const ownRows = rows as PlacedRow<CorpusRow>[];
    checkBuckets(ownRows, manifest, mismatches);
    mismatches.push(...(await compareParquet(files, ownRows, manifest.parquet_row_count)));
    checkFileHashes(files, manifest, mismatches);
    overlayCount = await checkOverlay(files, manifest, digests, mismatches);
  }
  return {
    schema: 'bench-corpus-verification/1',
    corpus_version: files.version,
    ok: mismatches.length === 0,
    is_foreign: read.kind === 'foreign',
    corpus_content_hash: read.kind === 'broken' ? null : read.manifest.corpus_content_hash,
    event_count: rows.length,
    overlay_count: overlayCount,
    mismatches,
  };
}

async function* linesOf(
  files: CorpusFiles,
  file: FileName,
  mismatches: CorpusMismatch[],
  look?: (piece: Uint8Array) => void,
): ReturnType<CorpusFiles['lines']> {
  if (files.has(file)) yield* files.lines(file, look);
  else mismatches.push({ check: 'row', file, line: null, event_id: null, expected: 'a file', found: 'none' });
}

function checkPayloads(file: FileName, rows: readonly PlacedRow<EventContent>[], mismatches: CorpusMismatch[]): void {
  for (const { line, row } of rows) {
    const fault = checkPayload(row);
    if (fault !== undefined) mismatches.push(mismatchAt(file, { ...fault, line, eventId: row.event_id }));
  }
}

function checkBuckets(
  rows: readonly PlacedRow<CorpusRow>[],
  { bucket_spec: { buckets } }: CorpusManifest,
  mismatches: CorpusMismatch[],
): void {
  for (const { line, row } of rows) {
    if (row.bucket_index < buckets) continue;
    const fault = { check: 'bucket', expected: `a bucket from 0 to ${buckets - 1}`, found: String(row.bucket_index) } as const;
    mismatches.push(mismatchAt('corpus.jsonl', { ...fault, line, eventId: row.event_id }));
  }
}

async function checkOverlay(
  files: CorpusFiles,
  manifest: CorpusManifest,
  { sha256 }: Pick<Digests, 'sha256'>,
  mismatches: CorpusMismatch[],
): Promise<number> {
  const file = 'overlay.jsonl';
  if (!files.has(file) && manifest.overlay_hash === null) return 0;
  const rows = await scanRows(linesOf(files, file, mismatches), overlayRowSchema, sha256, (fault) =>
    mismatches.push(mismatchAt(file, { ...fault, check: fault.check === 'row' ? 'overlay_row' : fault.check })),
  );
  checkPayloads(file, rows, mismatches);
  const hash = overlayHash(
    rows.map(({ row }) => row),
    sha256,
  );
  if (hash !== manifest.overlay_hash) {
    mismatches.push(wholeFile({ check: 'overlay_hash', file, expected: String(manifest.overlay_hash), found: String(hash) }));
  }
  return rows.length;
}

function checkFileHashes(files: CorpusFiles, { file_hashes: hashes }: CorpusManifest, mismatches: CorpusMismatch[]): void {
  if (hashes === null) return;
  for (const [file, check] of [
    ['corpus.parquet', 'parquet'],
    ['overlay.jsonl', 'overlay_hash'],
  ] as const) {
    const found = files.has(file) ? files.fileHash(file) : 'no file';
    if (found !== hashes[file]) mismatches.push(wholeFile({ check, file, expected: `sha256 ${hashes[file]}`, found }));
  }
}

function mismatchAt(file: FileName, { check, line, eventId, expected, found }: RowFault): CorpusMismatch {
  return { check, file, line, event_id: eventId, expected, found };
}

function wholeFile(fault: Pick<CorpusMismatch, 'check' | 'file' | 'expected' | 'found'>): CorpusMismatch {
  return { check: fault.check, file: fault.file, line: null, event_id: null, expected: fault.expected, found: fault.found };
}
