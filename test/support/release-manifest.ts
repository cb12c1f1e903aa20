import type { ReleaseManifest } from '../../schemas/release-manifest.ts';

const DIGEST = 'd'.repeat(64);
const COMMIT = 'c'.repeat(40);
const METRICS = {
  p2_evidence_rows: 4,
  p2_quarantined: 1,
  p3_accepted: 1,
  p3_partially_accepted: 1,
  p3_rejected: 1,
  p3_needs_human_review: 1,
  p4_rag_rows: 2,
  p4_sft_rows: 1,
  p4_preference_pairs: 1,
  p4_total_quarantined: 9,
};

function file(path: string, rows: number): ReleaseManifest['dataset']['quarantine']['files'][number] {
  return { path: `exports/run-1/${path}`, rows, bytes: 100 * rows, sha256: DIGEST };
}

/** A release of the harbor office, as its manifest states it; the digest of itself is made up. */
export const RELEASE_MANIFEST: ReleaseManifest = {
  schema: 'release-manifest/1',
  version: '1.0.0',
  verdict: 'accepted',
  frozen_at: '2026-03-02T06:40:00.000Z',
  code_version: '0.1.0',
  head: COMMIT,
  branch: 'quay',
  milestones: [{ name: 'opening', stated: 'c'.repeat(12), commit: COMMIT }],
  dataset: {
    run_id: 'run-1',
    receipt_digest: DIGEST,
    categories: { accepted: 1, partially_accepted: 1, rejected: 1, needs_human_review: 1 },
    evidence: { manifest: DIGEST, rows: 4, row_digest: DIGEST, content_digest: DIGEST },
    scored: { manifest: DIGEST, rows: 4, row_digest: DIGEST, content_digest: DIGEST },
    sets: {
      rag: { rows: 2, content_digest: DIGEST, splits: { train: 1, test: 1 }, files: [file('rag/playbooks.jsonl', 2)] },
      sft: { rows: 1, content_digest: DIGEST, splits: { train: 1 }, files: [file('sft/instruction_response.jsonl', 1)] },
      preference: { rows: 1, content_digest: DIGEST, splits: { train: 1 }, files: [file('preference/chosen_rejected.jsonl', 1)] },
    },
    quarantine: { rows: 9, files: [file('quarantine/rag.jsonl', 9)] },
  },
  splits: { path: 'lake/releases/1.0.0/splits-dddddddddddddddd.parquet', tasks: 2, bytes: 400, sha256: DIGEST },
  baseline: {
    schema: 'audit-baseline/1',
    recorded_at: '2026-03-02T06:39:00.000Z',
    run_id: 'run-1',
    verdict: 'accepted',
    failed: [],
    metrics: METRICS,
    against: null,
    severity: 'ok',
    code_version: '0.1.0',
    seq: 1,
    prev_hash: '0'.repeat(64),
    row_hash: DIGEST,
  },
  gates: (['clean', 'tests', 'milestones', 'acceptance', 'audit', 'tag'] as const).map((gate) => ({
    gate,
    state: 'passed',
    detail: 'as it must be',
    findings: [],
    duration_ms: 7,
  })),
  manifest_digest: DIGEST,
};
