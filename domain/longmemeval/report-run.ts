import type { LongMemEvalReport } from '../../schemas/longmemeval-report.ts';
import type { LongMemEvalReadRow } from '../../schemas/longmemeval-rows.ts';
import type { LongMemEvalSettings } from '../../schemas/longmemeval-settings.ts';
import { DEGRADATIONS, type Degradation } from '../../schemas/vocabulary.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import { sumUsd } from '../cost/index.ts';
import { findBreaches } from './find-breaches.ts';
import { judgeRun } from './judge-run.ts';
import { measureRecall, shareOf } from './measure-recall.ts';
import { nameFigure } from './name-figure.ts';
import { rowFacts, type RowFacts } from './row-facts.ts';
import { accuracyOf, countOutcomes, summarizeByType } from './summarize.ts';

/** What is known of a run beside its rows. */
export type RunFrame = Pick<
  LongMemEvalReport,
  'run_id' | 'dataset' | 'reused' | 'cost' | 'notices' | 'output' | 'started_at' | 'finished_at' | 'code'
>;

/** Everything that is told of a run, from all rows of its file. */
export function reportRun(rows: readonly LongMemEvalReadRow[], settings: LongMemEvalSettings, frame: RunFrame): LongMemEvalReport {
  const depths = settings.session_k;
  const facts = rows.map((row) => rowFacts(row, depths));
  const asked = facts.filter(({ isAbstention }) => !isAbstention);
  const abstaining = facts.filter(({ isAbstention }) => isAbstention);
  const summary = summarizeByType(rows, settings.include_abstention);
  const degraded = countDegraded(rows);
  const breaches = findBreaches(summary, settings.floor);
  const { verdict, reasons } = judgeRun(facts, degraded, breaches, settings);
  const { retriever, strategy, mode, top_k } = settings.retrieval;
  return {
    schema_version: 1,
    figure: nameFigure({
      dataset: frame.dataset.name,
      questions: asked.filter(({ counts }) => counts).length,
      abstention: abstaining.length,
    }),
    verdict,
    reasons: [...reasons],
    retriever,
    strategy,
    mode: mode ?? settings.retrieval.search.mode,
    top_k,
    rows: rows.length,
    outcomes: countOutcomes(facts),
    degraded,
    recall: {
      all_types: measureRecall('all', asked, depths),
      by_type: typesOf(asked).map((type) => measureRecall(type, ofType(asked, type), depths)),
      abstention: settings.include_abstention ? measureRecall('abstention', abstaining, depths) : null,
    },
    qa_accuracy: accuracyByType(facts),
    floor: settings.floor,
    breaches,
    summary,
    usage: sumUsage(rows),
    ...frame,
  };
}

function typesOf(facts: readonly RowFacts[]): string[] {
  return [...new Set(facts.map(({ type }) => type))].sort(compareCodePoints);
}

function ofType(facts: readonly RowFacts[], type: string): RowFacts[] {
  return facts.filter((fact) => fact.type === type);
}

function accuracyByType(facts: readonly RowFacts[]): LongMemEvalReport['qa_accuracy'] {
  const all = accuracyOf(facts);
  if (all === null) return null;
  const by_type = typesOf(facts).map((type) => {
    const of = accuracyOf(ofType(facts, type)) ?? { correct: 0, total: ofType(facts, type).length };
    return { type, accuracy: shareOf(of.correct, of.total) };
  });
  return { all_types: shareOf(all.correct, all.total), by_type };
}

function countDegraded(rows: readonly LongMemEvalReadRow[]): Partial<Record<Degradation, number>> {
  const counts = DEGRADATIONS.map((what) => [what, rows.filter(({ search_meta: meta }) => meta?.degraded?.includes(what)).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function sumUsage(rows: readonly LongMemEvalReadRow[]): LongMemEvalReport['usage'] {
  const sum = (of: (row: LongMemEvalReadRow) => number | null | undefined): number =>
    rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  return {
    input_tokens: sum(({ usage }) => usage?.input_tokens),
    output_tokens: sum(({ usage }) => usage?.output_tokens),
    cost_usd: sumUsd(rows.map(({ cost_usd: cost }) => cost ?? 0)),
  };
}
