import { sha256 } from '../../adapters/digest.ts';
import type { TrustLedgerRow } from '../../schemas/trust-ledger.ts';

/** A row of the trust ledger of a lighthouse, with what a test wants to be different. Its hashes are not those of its content. */
export function trustRow(seq: number, changes: Partial<TrustLedgerRow> = {}): TrustLedgerRow {
  return {
    schema: 'lauter.ledger/1',
    recorded_at: `2026-03-0${seq}T06:40Z`,
    sweep_id: null,
    model_id: 'tern-7b',
    model_card_digest: 'sha256:feather',
    verdict: 'PASS',
    claim: 'full',
    reasons: [],
    mode: 'hybrid',
    n_runs: 3,
    scored_count: 100,
    mrr_mean: 0.4,
    mrr_delta: 0.01,
    hit_at_1_mean: 0.35,
    hit_at_1_delta: 0.01,
    judge_mean: 4,
    judge_mean_delta: 0,
    ndcg_at_10_mean: 0.45,
    budgets: { mrr: 0.02, hit_at_1: 0.02, judge_mean: 0.1 },
    mde: { hit_at_1: 0.189, mrr: null },
    flips: { hit_at_1: null, rank: null },
    temperature: 0.7,
    comparability_key: sha256('key of the lighthouse'),
    comparability: {
      corpus_content_hash: sha256('corpus of the lighthouse'),
      qa_content_hash: sha256('questions of the keeper'),
      embedding_model: 'shell-embed-small',
      prompt_hash: sha256('prompts'),
      tuning_hash: sha256('tuning'),
    },
    run_ids: ['run-a', 'run-b', 'run-c'],
    run_file_sha256: [sha256('a'), sha256('b'), sha256('c')],
    report_sha256: sha256('report'),
    git_commit: null,
    seq,
    prev_hash: sha256(`row ${seq - 1}`),
    row_hash: sha256(`row ${seq}`),
    ...changes,
  };
}
