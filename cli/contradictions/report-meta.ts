import type { ContradictionsRun } from '../../activities/contradictions-contract.ts';
import { glossaryBlock } from '../../domain/glossary/index.ts';
import { makeFooter } from '../../domain/reproducibility/index.ts';
import type { ContradictionReport } from '../../schemas/contradiction-report.ts';
import type { ReportMeta } from '../../schemas/report-meta.ts';
import type { Io } from '../io.ts';
import { commandLineOf } from '../reproducibility/command-line-of.ts';
import { searchModels } from '../reproducibility/search-origin.ts';
import { VERSION } from '../version.ts';

/** Metrics of a run, as its report names them. */
export const CONTRADICTION_METRICS = ['queries_with_contradiction', 'wilson_ci_95', 'hit_rate', 'cost_usd'] as const;

/** How the report of a run ends: what its figures mean, and what they were made from. */
export function contradictionsMeta(io: Pick<Io, 'args'>, report: ContradictionReport, run: ContradictionsRun): ReportMeta {
  const { dataset, gold, judge_errors: errors } = report;
  const { code, judge, search, budget } = run;
  return {
    ...glossaryBlock([...CONTRADICTION_METRICS, ...(gold === null ? [] : ['judge_precision', 'judge_recall'])]),
    footer: makeFooter({
      commit: code.commit === null || code.is_dirty !== true ? code.commit : `${code.commit} dirty`,
      lauter_version: code.version,
      datasets: [{ suite: 'contradictions', name: dataset.queries_name, sha256: dataset.queries_sha256 }],
      question_set_hash: dataset.queries_sha256,
      // Pairs are ordered, never drawn, and intervals are Wilson's.
      seed: 'none',
      resamples: 0,
      corpus_hash: dataset.corpus_hash,
      prompt_hashes: { judge: report.prompt_hash },
      models: [...searchModels(search.settings, search.retriever), { lane: 'judge', model: judge.model, snapshot: report.judge_snapshot }],
      commands: [commandLineOf(io)],
      run_ids: [report.run_id],
      started_at: report.started_at,
      finished_at: report.finished_at,
      cost: { estimated_usd: budget.estimated_usd, settled_usd: report.cost_usd.total },
      price_table: budget.cost.version,
      errored: report.queries_errored + errors.total,
    }),
  };
}

/** How a list of runs ends: nothing is measured for it. */
export function trendMeta(io: Pick<Io, 'args'>): ReportMeta {
  return { ...glossaryBlock(CONTRADICTION_METRICS), footer: makeFooter({ lauter_version: VERSION, commands: [commandLineOf(io)] }) };
}
