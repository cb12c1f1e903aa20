import type { CellResult } from '../../activities/suites-contract.ts';
import type { RunAllEstimate } from '../../domain/cost/index.ts';
import { HEADLINES, kindOfSuite } from '../../domain/suites/index.ts';
import { formatUsd } from '../../reports/shared/format.ts';
import type { RunAllEstimateLine, RunAllCompleteLine } from '../../schemas/run-all-lines.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** The first of the two lines of `--json`. */
export function estimateLine({ retrievalUsd, answersUsd, totalUsd, cells }: RunAllEstimate): RunAllEstimateLine {
  return {
    schema_version: 2,
    phase: 'estimate',
    retrieval_usd: retrievalUsd,
    answer_usd: answersUsd,
    total_usd: totalUsd,
    cells: cells.map(({ suite, mode, questions, ...cell }) => ({
      suite,
      mode,
      questions,
      retrieval_usd: cell.retrievalUsd,
      answer_usd: cell.answersUsd,
    })),
  };
}

/** The second one. */
export function completeLine(cells: readonly CellResult[], comparisonPath: string | null): RunAllCompleteLine {
  return {
    schema_version: 2,
    phase: 'complete',
    run_ids: cells.map(({ run_id }) => run_id),
    cells: cells.map(({ metrics, ...cell }) => ({ ...cell, metrics: { ...metrics } })),
    comparison_path: comparisonPath,
  };
}

/** What a run is expected to cost, for people. */
export function tellEstimate({ retrievalUsd, answersUsd, totalUsd }: RunAllEstimate): string {
  return `estimated: ${formatUsd(totalUsd)} (retrieval ${formatUsd(retrievalUsd)}, answers ${formatUsd(answersUsd)})`;
}

/** How the cells ended, for people. */
export function tellCells(cells: readonly CellResult[]): string {
  const rows = cells.map(({ suite, mode, status, metrics, cost_usd, reason }) => {
    const headline = HEADLINES[kindOfSuite(suite)];
    const [value, tokens, cost, latency] = [headline, 'tokens', 'cost_per_query_usd', 'p95_latency_ms'].map(
      (name) => metrics[name] ?? null,
    );
    return [
      suite,
      mode,
      status,
      `${headline} ${value === null || value === undefined ? 'n/a' : value.toFixed(4)}`,
      tokens === null || tokens === undefined ? 'n/a' : String(Math.round(tokens)),
      cost === null || cost === undefined ? 'n/a' : `${cost.toFixed(5)} est`,
      latency === null || latency === undefined ? 'n/a' : latency.toFixed(1),
      cost_usd.toFixed(4),
      plain(reason ?? ''),
    ];
  });
  return textTable(['suite', 'mode', 'status', 'headline', 'tokens', '$ per query', 'p95 ms', '$ settled', ''], rows);
}
