import { trustRow } from '../support/trust-rows.ts';
import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const ledgerRow = trustRow(1);
const { seq: _seq, prev_hash: _prev, row_hash: _hash, ...row } = ledgerRow;
const wrongRows = {
  'a time to the second': { recorded_at: '2026-03-02T06:40:00Z' },
  'a verdict that a ledger does not know': { verdict: 'INCONCLUSIVE' },
  'a share above 1': { mrr_mean: 1.2 },
  'a judge below his scale': { judge_mean: 0 },
  'half a run': { n_runs: 2.5 },
  'a key that is no hash': { comparability_key: 'corpus-v2' },
  'a blank reason': { reasons: [''] },
};
const state = { state: 'passed', text: 'BT-29 passed (row 1, 2026-03-01)', seq: 1, date: '2026-03-01' };
const metric = {
  metric: 'mrr',
  n: 40,
  mean_a: 0.4,
  mean_b: 0.5,
  difference: 0.1,
  ci95: [0.02, 0.18],
  p: 0.01,
  sign: { gains: 9, losses: 1, p: 0.02 },
  mde: { form: 'paired', value: 0.08 },
  is_distinguishable: true,
};
const fault = { kind: 'edit', seq: 2, expected: 'row 2 as it was written', found: 'another one', remedy: 'Put it back.' };
const side = { model_id: 'gannet-3b', run_ids: ['run-1'], verdicts: ['PASS'], bt29: state };
const comparisonSide = { path: 'a.jsonl', sha256: SHA256, run_id: 'run-1', model_id: 'tern-7b', verdict: 'PASS', bt29: state };
const estimate = { mean: 0.5, ci95: [0.4, 0.6] };
const counts = { records: 3, malformed_lines: 0, skipped_rows: 0, unknown_records: 0, replaced_summaries: 0, replaced_attempts: 0 };
const imported = { path: 'a.jsonl', run_id: 'run-1', outcome: 'stored', reason: null, removed_partial: false, rows: 9, counts };
const model = { run_id: 'run-1', model_id: 'tern-7b' };

/** A row of which the named fields hold something, and all others nothing. */
function rowOf(texts: readonly string[], more: object): object {
  return { ...Object.fromEntries(texts.map((name) => [name, null])), ...more };
}

const summarizedModel = {
  model_id: 'tern-7b',
  card_digest: null,
  verdict: 'PASS',
  is_tier0_passed: true,
  bt29: state,
  failed_gates: [],
  skipped_gates: [],
  notes: [],
  errors: [],
  gates: [{ gate: 'refusal_rate', value: 0, limit: 0, state: 'passed' }],
  reported: { latency_p50_ms: 1, latency_p99_ms: 2, self_consistency_min: null, main_attempts: 9, sc_attempts: 0, trivial_summaries: 0 },
  call_errors: [{ kind: 'timeout', count: 1 }],
  modes: [],
  budget_flips: 2,
  per_source: [],
  judge: null,
  repeated_calls: 0,
};

const RUN_FIELDS =
  'schema started_at_iso finished_at_iso bench_version host preflight_checks candidate_models corpus_version corpus_content_hash corpus_schema_version eval_qa_version embedding_model gate_thresholds self_consistency_spec inference_backend_version host_baseline prod_state_at_start sweep_id sweep_index overlay_hash qa_content_hash qa_total qa_scoreable qa_filtered_count prompt_hash tuning tuning_hash comparability_key temperature top_p max_tokens sampling_seed_mode seeds inference_url judge git_commit git_dirty lease slot_token models_completed models_errored reason prod_brain_resumed_ok models_with_prod_restart_event interruptions paused_seconds exit_code';
const MODEL_FIELDS =
  'events_attempted attempts_total schema_validity_rate refusal_rate echo_similarity_max latency_p95_ms self_consistency_mean entity_sanity_mean latency_p50_ms latency_p99_ms self_consistency_min trivial_summary_count main_attempts_count sc_attempts_count call_error_rate call_errors failed_gates skipped_gates notes errors timeout_during_drain prod_restart queue repeated_calls card_before card_after qa_count modes adversarial judge_mean judge_dimension_means judge_scored judge_missing';
const MEAN_FIELDS = 'n gates scored_count hit_at_1 hit_at_3 hit_at_5 hit_at_10 mrr ndcg_at_10';
const ATTEMPT_FIELDS =
  'source stratum schema_valid refusal_detected echo_similarity entity_type_sanity total_ms timeout call_error_kind parsed_output';

/** What is stored of bench runs, what is said about it, and the trust ledger. */
export const BENCH_RESULT_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  trustRowSchema: fixtureOf(row, wrongRows),
  trustLedgerRowSchema: fixtureOf(ledgerRow, {
    ...wrongRows,
    'a row before the first': { seq: 0 },
    'a hash in capitals': { row_hash: 'B'.repeat(64) },
  }),
  bt29StateSchema: fixtureOf(
    state,
    { 'a state that nobody knows': { state: 'trusted' }, 'a time for a day': { date: TIME } },
    { accepts: [{ state: 'deferred', text: 'BT-29 deferred', seq: null, date: null }] },
  ),
  trustListSchema: fixtureOf(
    {
      schema: 'trust-list/1',
      rows: [ledgerRow],
      models: [{ model_id: 'tern-7b', model_card_digest: null, comparability_key: SHA256, mode: 'hybrid', bt29: state }],
    },
    { 'a row without its hash': { rows: [row] } },
  ),
  trustVerificationSchema: fixtureOf(
    { schema: 'trust-verification/1', holds: false, rows: 1, row_hash: SHA256, is_torn: false, fault },
    { 'a damage that nobody knows': { fault: { ...fault, kind: 'rust' } } },
    { accepts: [{ holds: true, fault: null }, { fault: { ...fault, kind: 'expected_head' } }] },
  ),
  trustBestSchema: fixtureOf(
    {
      schema: 'trust-best/1',
      answer: 'better',
      mode: 'hybrid',
      comparability_key: SHA256,
      challenger: side,
      reference: { ...side, seq: 1 },
      n: 40,
      metrics: { mrr: metric, hit_at_1: metric },
    },
    { 'an answer in between': { answer: 'slightly better' }, 'a reference without its row': { reference: side } },
  ),
  metricComparisonSchema: fixtureOf(
    metric,
    { 'an interval of one end': { ci95: [0.1] }, 'a p of 0': { p: 0 }, 'the unpaired MDE': { mde: { form: 'unpaired', value: 0.1 } } },
    { accepts: [{ n: 0, mean_a: null, mean_b: null, difference: null, ci95: null, p: null }] },
  ),
  benchComparisonSchema: fixtureOf(
    {
      schema: 'bench-comparison/1',
      mode: 'hybrid',
      a: comparisonSide,
      b: comparisonSide,
      comparability: { status: 'comparable', key: SHA256, differences: [] },
      seed: 42,
      resamples: 10_000,
      metrics: [metric],
      budget_flips: 0,
      flips: { hit_at_1: 1, rank: 1, items: [{ qa_id: 'qa-1', source: 'shell', rank_a: 1, rank_b: null, is_flip: true }] },
      per_source: [{ source: 'shell', n: 9, small: true, mrr: metric, hit_at_1: metric }],
      warnings: [],
    },
    { 'a side without its state': { a: { ...comparisonSide, bt29: null } }, 'a mode that nobody knows': { mode: 'fuzzy' } },
  ),
  benchLeaderboardSchema: fixtureOf(
    {
      schema: 'bench-leaderboard/1',
      mode: 'hybrid',
      comparability_key: SHA256,
      corpus_version: 'corpus-v2',
      eval_qa_version: null,
      runs: 1,
      rows: [
        {
          model_id: 'tern-7b',
          card_digest: null,
          run_ids: ['run-1'],
          verdicts: { PASS: 1, FAIL: 0, INCONCLUSIVE: 0 },
          n: 40,
          mrr: estimate,
          hit_at_1: estimate,
          hit_at_10: estimate,
          ndcg_at_10: estimate,
          judge_mean: null,
          mde: { form: 'unpaired', mrr: null, hit_at_1: 0.1 },
          budget_flips: 0,
          bt29: state,
        },
      ],
      left_out: { other_key: 0, no_key: 0, incomplete: 0, no_items: 0 },
      other_keys: [{ comparability_key: SHA256, runs: 2 }],
    },
    { 'a model without its state': { rows: [{ model_id: 'tern-7b' }] } },
  ),
  benchSummarySchema: fixtureOf(
    {
      schema: 'bench-summary/1',
      path: 'r1.jsonl',
      sha256: SHA256,
      run_id: 'run-1',
      started_at: TIME,
      finished_at: null,
      corpus_version: 'corpus-v2',
      eval_qa_version: null,
      embedding_model: null,
      temperature: 0.7,
      judge_model: null,
      comparability: { status: 'partial', key: null },
      headline_mode: 'hybrid',
      is_complete: true,
      end_reason: null,
      exit_code: 0,
      is_resumed: true,
      paused_seconds: 1800,
      interruptions: [{ at: TIME, kind: 'worker_lost' }],
      models: [summarizedModel],
      warnings: [],
    },
    {
      'a model without its state': { models: [{ ...summarizedModel, bt29: null }] },
      'half a flip': { models: [{ ...summarizedModel, budget_flips: 0.5 }] },
    },
  ),
  benchImportReportSchema: fixtureOf(
    { schema: 'bench-import/1', files: [imported] },
    { 'an outcome that nobody knows': { files: [{ ...imported, outcome: 'lost' }] } },
  ),
  benchRunRowSchema: fixtureOf(
    rowOf(RUN_FIELDS.split(' '), { run_id: 'run-1', is_complete: true, source_file: 'r1.jsonl', file_sha256: SHA256, imported_at_ms: 1 }),
    { 'no run id': { run_id: '' }, 'a hash that is none': { file_sha256: 'r1' } },
  ),
  benchModelRowSchema: fixtureOf(rowOf(MODEL_FIELDS.split(' '), { ...model, verdict: 'FAIL' }), { 'no verdict': { verdict: null } }),
  benchSourceRowSchema: fixtureOf(rowOf(MEAN_FIELDS.split(' '), { ...model, source: 'shell', mode: 'hybrid' }), {
    'no source': { source: null },
  }),
  benchEnrichmentRowSchema: fixtureOf(rowOf(ATTEMPT_FIELDS.split(' '), { ...model, event_id: 'shell-1' }), {
    'no event': { event_id: '' },
  }),
  benchRetrievalRowSchema: fixtureOf(
    {
      ...model,
      qa_id: 'qa-1',
      mode: 'hybrid',
      golden_event_id: null,
      source: null,
      rank: null,
      rr: 0,
      hit_at_1: 0,
      hit_at_3: 0,
      hit_at_5: 0,
      hit_at_10: 1,
      ndcg_at_10: 0,
    },
    { 'a hit of two': { hit_at_1: 2 }, 'a reciprocal rank above 1': { rr: 1.5 } },
  ),
  benchJudgeRowSchema: fixtureOf(
    { ...model, event_id: 'shell-1', accuracy: 4, usefulness: null, ask_suitability: 3, mean: 3.5 },
    { 'a score in words': { accuracy: 'good' } },
  ),
};
