import type { LongMemEvalRun } from '../../activities/eval-contract.ts';
import { sha256 } from '../../adapters/digest.ts';
import { glossaryBlock, longMemEvalMetrics } from '../../domain/glossary/index.ts';
import { makeFooter } from '../../domain/reproducibility/index.ts';
import type { LongMemEvalReport } from '../../schemas/longmemeval-report.ts';
import type { ReportMeta } from '../../schemas/report-meta.ts';
import type { Reproducibility } from '../../schemas/reproducibility.ts';
import type { Io } from '../io.ts';
import { commandLineOf } from '../reproducibility/command-line-of.ts';
import { searchModels } from '../reproducibility/search-origin.ts';

/** A hypothesis row, as far as it says what it was made with. */
export type SaidByRow = Readonly<Record<string, unknown>>;

/** How the report of a run ends. `rows` are all rows of its file; what they say alike is known, what they do not is unknown. */
export function longMemEvalMeta(
  io: Pick<Io, 'args'>,
  report: LongMemEvalReport,
  run: LongMemEvalRun,
  rows: readonly SaidByRow[],
): ReportMeta {
  const { code, outcomes, usage } = report;
  const commit = code.commit === null || code.is_dirty !== true ? code.commit : `${code.commit} dirty`;
  const { reader, judge, retrieval } = run.settings;
  return {
    ...glossaryBlock(longMemEvalMetrics(report)),
    footer: makeFooter({
      commit,
      lauter_version: code.version,
      datasets: [{ suite: 'longmemeval', name: report.dataset.name, sha256: report.dataset.sha256 }],
      question_set_hash: sha256(rows.flatMap(idOf).sort().join('\n')),
      // The first so many questions are asked, and intervals are Wilson's: nothing is drawn.
      seed: 'none',
      resamples: 0,
      arms: [
        { arm: report.mode, knob_hash: saidAlike(rows.map(({ search_meta: meta }) => (meta as SaidByRow | null | undefined)?.knob_hash)) },
      ],
      prompt_hashes: {
        ...(reader === null ? {} : { reader: fieldOf(rows, 'reader_prompt_sha') }),
        ...(judge === null ? {} : { judge: fieldOf(rows, 'judge_config_hash') }),
      },
      models: [...searchModels(retrieval.search, retrieval.retriever), ...askedModels(run.settings, rows)],
      commands: [commandLineOf(io)],
      run_ids: [report.run_id],
      started_at: report.started_at,
      finished_at: report.finished_at,
      cost: { estimated_usd: run.budget.estimated_usd, settled_usd: usage.cost_usd },
      price_table: run.budget.cost.version,
      degraded: report.degraded,
      errored: outcomes.system_failure + outcomes.harness_error,
    }),
  };
}

function askedModels({ reader, judge }: LongMemEvalRun['settings'], rows: readonly SaidByRow[]): Reproducibility['models'] {
  return [
    ...(reader === null ? [] : [{ lane: 'reader', model: reader.model, snapshot: fieldOf(rows, 'reader_model_snapshot') }]),
    ...(judge === null ? [] : [{ lane: 'judge', model: judge.model, snapshot: fieldOf(rows, 'judge_model_snapshot') }]),
  ];
}

function idOf({ question_id: id }: SaidByRow): string[] {
  return typeof id === 'string' ? [id] : [];
}

function fieldOf(rows: readonly SaidByRow[], field: string): string | null {
  return saidAlike(rows.map((row) => row[field]));
}

/** The one text among the values; null where there is none or more than one. */
function saidAlike(values: readonly unknown[]): string | null {
  const [only, ...others] = new Set(values.filter((value) => typeof value === 'string'));
  return others.length === 0 ? (only ?? null) : null;
}
