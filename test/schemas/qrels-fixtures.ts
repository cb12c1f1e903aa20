import { reportMeta } from '../support/report-meta.ts';
import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const OUTCOMES = { scored: 2, system_failure: 0, harness_error: 0, skipped_budget: 0, malformed: 0, abstention: 0 };
const LATENCY = { p50: 8, p95: 14, p99: null };
const INTERVAL = { method: 'wilson', low: 0.09, high: 0.91, n: 2, hits: 1, note: 'two queries tell little' };

const QUERY = {
  query_id: 'q1',
  query: 'when is high tide at the quay',
  outcome: 'scored',
  is_counted: true,
  metrics: { recip_rank: 1, bpref: null },
  retrieved: [{ key: 'default::tides/quay', score: 2.5 }],
  degraded: ['no_embedder'],
  latency_ms: 8,
  error: null,
};

const ARM = {
  name: 'without links',
  knob_hash: 'a1b2',
  corpus_hash: SHA256,
  generation: 3,
  mode: 'balanced',
  knobs: { relational: false },
  metrics: { success_1: 0.5 },
  intervals: { success_1: INTERVAL, bpref: null },
  outcomes: OUTCOMES,
  degraded: { no_embedder: 2 },
  latency_ms: LATENCY,
};

const COMPARED = {
  suite: 'qrels',
  metric: 'success_1',
  arm_a: 'without links',
  arm_b: 'with links',
  n: 2,
  mean_a: 0.5,
  mean_b: 1,
  delta: 0.5,
  ci95: [0, 1],
  p_raw: 1,
  p_bonferroni: 1,
  p_holm: 1,
  m: 1,
  test: 'mcnemar_exact',
  discordant: { b: 0, c: 1 },
  mde: null,
  significant: false,
  text: 'success_1: no difference that two queries could show',
};

const COMPARISON = {
  arm_a: ARM,
  arm_b: { ...ARM, name: 'with links', knobs: { relational: true } },
  seed: 7,
  resamples: 10_000,
  smallest_p: 0.0002,
  comparisons: [COMPARED],
  per_query_b: [QUERY],
};

const META = {
  qrels_path: 'quay.qrels',
  qrels_sha256: SHA256,
  question_set_hash: SHA256,
  run_path: null,
  run_sha256: null,
  collection: 'harbour',
  retriever: 'builtin',
  strategy: 'hybrid',
  mode: 'balanced',
  k: 10,
  limit: 100,
  rel_level: 1,
  max_docs: null,
  averaging: 'complete',
  is_trec: false,
  is_judged_only: false,
  normalise_ids: null,
  seed: 7,
  resamples: 10_000,
  knob_hash: 'a1b2',
  corpus_hash: SHA256,
  generation: 3,
  degraded: { no_embedder: 2 },
  latency_ms: LATENCY,
  lauter_version: '0.1.0',
  commit: 'c0ffee1',
  command: ['lauter', 'eval', 'qrels', 'quay.qrels'],
  started_at: TIME,
  finished_at: TIME,
};

/** What `lauter eval qrels` prints: of one ranking, and of two side by side. */
export const QRELS_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  qrelsReportSchema: fixtureOf(
    {
      schema_version: 1,
      verdict: 'fail',
      num_q: 2,
      queries_missing: ['q3'],
      queries_zero_relevant: [],
      queries_unjudged: ['q4'],
      metrics: { success_1: 0.5, bpref: null },
      intervals: { success_1: INTERVAL, bpref: null },
      outcomes: OUTCOMES,
      floors: [{ metric: 'success_1', floor: 0.8, value: 0.5, is_met: false }],
      refusals: ['two queries of four were never asked'],
      notes: ['keyword only'],
      per_query: [QUERY],
      comparison: COMPARISON,
      meta: META,
      _meta: reportMeta({}, ['success_1']),
    },
    {
      'another version': { schema_version: 2 },
      'another verdict': { verdict: 'maybe' },
      'five counts of six': { outcomes: { ...OUTCOMES, abstention: undefined } },
      'an outcome of its own': { outcomes: { ...OUTCOMES, becalmed: 1 } },
      'a mean that is a word': { metrics: { success_1: 'half' } },
      'an interval of another method': { intervals: { success_1: { ...INTERVAL, method: 'tea leaves' } } },
      'a floor that says nothing of its value': { floors: [{ metric: 'success_1', floor: 0.8, is_met: false }] },
      'a query that came to nothing known': { per_query: [{ ...QUERY, outcome: 'fine' }] },
      'a query with a loss that nobody knows': { per_query: [{ ...QUERY, degraded: ['fog'] }] },
      'a comparison with one side': { comparison: { ...COMPARISON, arm_b: undefined } },
      'a comparison by another test': { comparison: { ...COMPARISON, comparisons: [{ ...COMPARED, test: 'coin' }] } },
      'a side with something more': { comparison: { ...COMPARISON, arm_a: { ...ARM, tide: 'low' } } },
      'a hash of another form': { meta: { ...META, qrels_sha256: 'abc' } },
      'means over other queries': { meta: { ...META, averaging: 'best' } },
    },
    {
      accepts: [
        { verdict: 'pass', floors: [], refusals: [], comparison: { ...COMPARISON, per_query_b: undefined } },
        { meta: { ...META, run_path: 'quay.run', run_sha256: SHA256, collection: null, retriever: null, averaging: 'intersection' } },
        { per_query: [{ ...QUERY, query: null, outcome: 'system_failure', latency_ms: null, error: 'the harbour is closed' }] },
        { intervals: { ndcg_cut_10: { method: 'bootstrap', low: 0.1, high: 0.9, n: 2 } } },
      ],
      optional: ['per_query', 'comparison'],
    },
  ),
};
