import type { ContradictionReport } from '../../schemas/contradiction-report.ts';
import type { ContradictionTrendRow } from '../../schemas/contradiction-trend.ts';

/** The row of a run in the trend, with its whole report. */
export function trendRowOf(report: ContradictionReport): ContradictionTrendRow {
  const { calibration, judge_errors, cost_usd } = report;
  return {
    schema_version: 1,
    run_id: report.run_id,
    ran_at: report.finished_at,
    run_status: report.run_status,
    judge_model: report.judge_model,
    judge_snapshot: report.judge_snapshot,
    prompt_version: report.prompt_version,
    prompt_hash: report.prompt_hash,
    queries_evaluated: report.queries_evaluated,
    queries_judged: calibration.queries_total,
    queries_with_contradiction: report.queries_with_contradiction,
    queries_with_any_finding: report.queries_with_any_finding,
    total_contradictions_flagged: report.total_contradictions_flagged,
    verdict_breakdown: report.verdict_breakdown,
    wilson_ci_lower: calibration.wilson_ci_95?.lower ?? null,
    wilson_ci_upper: calibration.wilson_ci_95?.upper ?? null,
    judge_errors,
    judge_errors_total: judge_errors.total,
    cost_usd_total: cost_usd.total,
    cache: report.cache,
    duration_ms: report.duration_ms,
    source_tier_breakdown: report.source_tier_breakdown,
    report,
  };
}

const BAR_WIDTH = 30;

/** A line for each run, the oldest first, with a bar as long as its findings are many; a run that failed is listed and has none. */
export function drawTrend(rows: readonly ContradictionTrendRow[]): string {
  const most = Math.max(1, ...rows.map(({ total_contradictions_flagged: found }) => found));
  return rows
    .toReversed()
    .map(({ ran_at, run_status, total_contradictions_flagged: found, queries_with_contradiction: with_, queries_judged: of }) => {
      const when = ran_at.slice(0, 'YYYY-MM-DDTHH:MM'.length).replace('T', ' ');
      if (run_status === 'judge_failed') return `${when}  ${run_status}`;
      const bar = '█'.repeat(Math.round((found / most) * BAR_WIDTH)).padEnd(BAR_WIDTH);
      return `${when}  ${bar}  ${found} found, ${with_} of ${of} queries${run_status === 'ok' ? '' : `, ${run_status}`}`;
    })
    .join('\n');
}
