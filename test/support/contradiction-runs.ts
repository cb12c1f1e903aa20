import type { ContradictionReport } from '../../schemas/contradiction-report.ts';
import type { ContradictionTrendRow } from '../../schemas/contradiction-trend.ts';
import type { Severity } from '../../schemas/vocabulary.ts';

type Finding = ContradictionReport['per_query'][number]['contradictions'][number];

const END: Finding['a'] = {
  slug: 'people/pilot',
  source_id: 'harbour',
  chunk_id: 1,
  take_id: null,
  take_row_num: null,
  source_tier: 'curated',
  holder: null,
  text: 'The pilot lives on the north quay.',
  effective_date: null,
  effective_date_source: null,
};

/** A finding with an id of its own. */
export function findingOf(number: number, severity: Severity = 'high'): Finding {
  return {
    finding_id: number.toString(16).padStart(16, '0'),
    kind: 'cross_slug_chunks',
    a: END,
    b: { ...END, slug: 'notes/tides', text: 'The pilot lives on the south quay.' },
    combined_score: 1.2,
    verdict: 'contradiction',
    severity,
    axis: 'where the pilot lives',
    confidence: 0.9,
    resolution_kind: 'manual_review',
    resolution_command: `lauter eval contradictions review --resolve ${number.toString(16).padStart(16, '0')} --as manual_review`,
  };
}

const NO_ERRORS = { parse_fail: 0, refusal: 0, timeout: 0, http_5xx: 0, unknown: 0, total: 0, note: '' };
const NO_TIERS = { curated_vs_curated: 0, curated_vs_bulk: 0, bulk_vs_bulk: 0, other: 0 };
const NO_VERDICTS = {
  no_contradiction: 0,
  contradiction: 0,
  temporal_supersession: 0,
  temporal_regression: 0,
  temporal_evolution: 0,
  negation_artifact: 0,
};
const NO_CACHE = { hits: 0, misses: 0, hit_rate: 0 };

/** A run over ten queries, the first of which has these findings. */
export function contradictionRun(findings: readonly Finding[], told: Partial<ContradictionTrendRow> = {}): ContradictionTrendRow {
  const row: Omit<ContradictionTrendRow, 'report'> = {
    schema_version: 1,
    run_id: 'contradictions-1',
    ran_at: '2026-03-02T03:31:00.000Z',
    run_status: 'ok',
    judge_model: 'judge-70b',
    judge_snapshot: null,
    prompt_version: '1',
    prompt_hash: 'c'.repeat(64),
    queries_evaluated: 10,
    queries_judged: 10,
    queries_with_contradiction: Math.min(1, findings.length),
    queries_with_any_finding: Math.min(1, findings.length),
    total_contradictions_flagged: findings.length,
    verdict_breakdown: { ...NO_VERDICTS, no_contradiction: 40, contradiction: findings.length },
    wilson_ci_lower: 0.018,
    wilson_ci_upper: 0.404,
    judge_errors: NO_ERRORS,
    judge_errors_total: 0,
    cost_usd_total: 0.2,
    cache: NO_CACHE,
    duration_ms: 1_000,
    source_tier_breakdown: NO_TIERS,
    ...told,
  };
  return { ...row, report: reportOf(row, findings) };
}

function reportOf(row: Omit<ContradictionTrendRow, 'report'>, findings: readonly Finding[]): ContradictionReport {
  return {
    schema_version: 1,
    run_status: row.run_status,
    run_id: row.run_id,
    judge_model: row.judge_model,
    prompt_version: row.prompt_version,
    truncation_policy: '1500-chars-utf8-safe',
    top_k: 5,
    sampling: 'deterministic',
    queries_evaluated: 10,
    queries_with_contradiction: row.queries_with_contradiction,
    queries_with_any_finding: row.queries_with_any_finding,
    total_contradictions_flagged: findings.length,
    verdict_breakdown: row.verdict_breakdown,
    calibration: { queries_total: 10, queries_judged_clean: 9, queries_with_contradiction: 1, wilson_ci_95: null },
    headline: null,
    judge_errors: row.judge_errors,
    cost_usd: { judge: 0.2, embedding: 0, total: 0.2, estimate_note: '' },
    cache: NO_CACHE,
    duration_ms: 1_000,
    source_tier_breakdown: NO_TIERS,
    per_query: [
      {
        query: 'where does the pilot live?',
        state: 'judged',
        result_count: 5,
        contradictions: [...findings],
        pairs_skipped_by_date: 0,
        pairs_cache_hit: 0,
        pairs_judged: 10,
        pairs_errored: 0,
      },
    ],
    hot_pages: [],
    entities: null,
    gold: null,
    queries_not_evaluated: 0,
    queries_errored: 0,
    queries_judge_failed: 0,
    malformed_queries: 0,
    prompt_hash: row.prompt_hash,
    judge_snapshot: null,
    usage: { input_tokens: 0, output_tokens: 0, calls: 0 },
    dataset: { collection: 'harbour', corpus_hash: null, queries_name: 'queries.txt', queries_sha256: 'd'.repeat(64) },
    started_at: row.ran_at,
    finished_at: row.ran_at,
    notices: [],
  };
}
