import type { CorpusManifest, ForeignCorpusManifest } from '../../../schemas/bench-corpus.ts';
import type { CorpusCheck } from '../../../schemas/vocabulary.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import type { Sha256 } from '../../shared/ledger-row.ts';
import { corpusContentHash, type HashedRow } from './logical-hash.ts';
import { manifestDigest } from './manifest.ts';

/** What was found in the files of a corpus. */
export interface FoundCorpus {
  readonly rows: readonly HashedRow[];
  readonly jsonlSha256: string;
}

/** What a manifest says and the files do not. */
export interface ManifestFault {
  readonly check: CorpusCheck;
  readonly file: 'manifest.json' | 'corpus.jsonl';
  readonly expected: string;
  readonly found: string;
}

/** Holds a manifest of ours to its own digest and to the rows that were found. */
export function compareManifest(manifest: CorpusManifest, found: FoundCorpus, sha256: Sha256): ManifestFault[] {
  return [
    ...(manifest.manifest_digest === null
      ? []
      : differ(
          'manifest',
          'manifest.json',
          `manifest_digest ${manifest.manifest_digest}`,
          `manifest_digest ${manifestDigest(manifest, sha256)}`,
        )),
    ...differ('jsonl_content_hash', 'corpus.jsonl', manifest.jsonl_content_hash, found.jsonlSha256),
    ...differ('corpus_content_hash', 'corpus.jsonl', manifest.corpus_content_hash, corpusContentHash(found.rows, sha256)),
    ...differ('event_count', 'corpus.jsonl', `${manifest.event_count} rows`, `${found.rows.length} rows`),
    ...differ('source_counts', 'corpus.jsonl', sortedText(manifest.source_counts), sortedText(countSources(found.rows))),
  ];
}

/** The same for a manifest of another program: what it records at all, and never its content hash, which is a label. */
export function compareForeignManifest(manifest: ForeignCorpusManifest, found: FoundCorpus): ManifestFault[] {
  const { event_count: rows, jsonl_content_hash: jsonl, source_counts: sources } = manifest;
  return [
    ...(jsonl === undefined ? [] : differ('jsonl_content_hash', 'corpus.jsonl', jsonl, found.jsonlSha256)),
    ...(rows === undefined ? [] : differ('event_count', 'corpus.jsonl', `${rows} rows`, `${found.rows.length} rows`)),
    ...(sources === undefined ? [] : differ('source_counts', 'corpus.jsonl', sortedText(sources), sortedText(countSources(found.rows)))),
  ];
}

function differ(check: CorpusCheck, file: ManifestFault['file'], expected: string, found: string): ManifestFault[] {
  return expected === found ? [] : [{ check, file, expected, found }];
}

function countSources(rows: readonly HashedRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { source } of rows) counts.set(source, (counts.get(source) ?? 0) + 1);
  return counts;
}

/** Sources without rows say nothing. */
function sortedText(counts: ReadonlyMap<string, number> | Readonly<Record<string, number>>): string {
  const entries = counts instanceof Map ? [...(counts as ReadonlyMap<string, number>)] : Object.entries(counts);
  return entries
    .filter(([, count]) => count > 0)
    .sort(([left], [right]) => compareCodePoints(left, right))
    .map(([source, count]) => `${source} ${count}`)
    .join(', ');
}
