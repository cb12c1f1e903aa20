import type { CorpusManifest } from '../../../schemas/bench-corpus.ts';
import { PAYLOAD_REDACTION_VERSION } from '../../redaction/index.ts';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Sha256 } from '../../shared/ledger-row.ts';
import { FILTERS } from './eligibility.ts';
import { corpusContentHash } from './logical-hash.ts';
import type { Sample, SamplePlan } from './sampler.ts';

/** What only the maker of the files knows. */
export interface CorpusFacts {
  readonly corpusVersion: string;
  readonly generatedAt: string;
  readonly source: CorpusManifest['source_identity'];
  readonly jsonlSha256: string;
  readonly fileHashes: NonNullable<CorpusManifest['file_hashes']>;
  readonly parquetRows: number;
}

/** The manifest of a sample, with an empty overlay. */
export function corpusManifest(sample: Sample, { seed, window }: SamplePlan, facts: CorpusFacts, sha256: Sha256): CorpusManifest {
  const open: OpenManifest = {
    schema: 'bench-corpus/1',
    corpus_version: facts.corpusVersion,
    schema_version: 1,
    generated_at_iso: facts.generatedAt,
    now_iso: new Date(window.window_end_ms).toISOString(),
    seed,
    source_counts: sample.sourceCounts,
    bucket_spec: window,
    event_count: sample.rows.length,
    corpus_content_hash: corpusContentHash(sample.rows, sha256),
    overlay_hash: null,
    jsonl_content_hash: facts.jsonlSha256,
    parquet_row_count: facts.parquetRows,
    source_identity: facts.source,
    filter_spec: { floors: sample.floors, ...FILTERS },
    redaction_version: PAYLOAD_REDACTION_VERSION,
    redaction_counts: sample.redactions,
    dropped_counts: sample.dropped,
    file_hashes: facts.fileHashes,
  };
  return sealManifest(open, sha256);
}

type OpenManifest = Omit<CorpusManifest, 'manifest_digest'>;

/** The manifest with its own digest; one that it had before does not count. */
export function sealManifest(manifest: OpenManifest, sha256: Sha256): CorpusManifest {
  return { ...manifest, manifest_digest: manifestDigest(manifest, sha256) };
}

/** `manifest_digest`: of all the rest of the manifest. */
export function manifestDigest(manifest: OpenManifest, sha256: Sha256): string {
  const { manifest_digest: _, ...open } = manifest as CorpusManifest;
  return sha256(canonicalJson(open));
}
