import { tellReproducible } from '../../domain/reproducibility/index.ts';
import type { QrelsReport } from '../../schemas/qrels-report.ts';
import { showDifference, showInterval, showValue } from '../shared/bench-values.ts';
import { formatAmount } from '../shared/format.ts';
import { metaSections } from '../shared/meta-sections.ts';
import { renderReport, type ReportSection } from '../shared/sectioned-report.ts';
import type { Verdict } from '../shared/verdict.ts';
import { comparisonFigure, measuresFigure, spreadFigure } from './qrels-figures.ts';
import { qrelsTables, type QrelsSide } from './qrels-tables.ts';

const NAME = 'qrels';

/** What rankings come to by judgments, as files. The same report gives the same bytes. */
export function renderQrels(report: QrelsReport, sides: readonly QrelsSide[]): { readonly name: string; readonly text: string }[] {
  const { meta, comparison, _meta, ...rest } = report;
  const [first, second] = sides;
  return renderReport({
    name: NAME,
    kind: 'Search by judgments',
    subject: meta.run_path ?? `${meta.retriever ?? 'search'} on ${meta.collection ?? 'a collection'}`,
    facts: [
      `Judgments: ${meta.qrels_path}`,
      `${formatAmount(report.num_q, 'query', 'queries')}, ${meta.averaging === 'complete' ? 'every judged query counts' : 'queries of both files count'}`,
      `Relevant from grade ${meta.rel_level} on${meta.is_judged_only ? ', documents without a judgment taken out' : ''}`,
      ...(meta.normalise_ids === null ? [] : [`Ids compared after ${meta.normalise_ids}`]),
      `${meta.resamples} resamples, seed ${meta.seed}`,
      `Commit ${meta.commit}, ${tellReproducible(_meta.footer)}`,
    ],
    verdict: judge(report),
    sections: sectionsOf(report, sides),
    document: {
      ...rest,
      per_query: first?.queries ?? [],
      ...(comparison === undefined ? {} : { comparison: { ...comparison, per_query_b: second?.queries ?? [] } }),
      meta,
      _meta,
    },
  });
}

function sectionsOf(report: QrelsReport, sides: readonly QrelsSide[]): ReportSection[] {
  const tables = qrelsTables(report, sides, NAME);
  const comparison: ReportSection = {
    id: 'comparison',
    title: 'Comparison',
    lead: 'Two sides are apart only where the interval leaves out 0 and the p that is corrected for the number of measures is at most 0.05.',
    figure: comparisonFigure(report),
    table: tables.comparisons,
  };
  return [
    {
      id: 'measures',
      title: 'Measures',
      lead: 'Proportions have Wilson intervals, other means those of the bootstrap over queries.',
      figure: measuresFigure(sides),
      table: tables.measures,
    },
    {
      id: 'spread',
      title: 'Spread',
      lead: 'Equal means can hide queries for which nothing is found.',
      figure: spreadFigure(sides),
      table: tables.spread,
    },
    ...(report.comparison === undefined ? [] : [comparison]),
    { id: 'floors', title: 'Floors', lead: 'A measure without a value misses its floor.', table: tables.floors },
    { id: 'queries', title: 'Queries', lead: 'Every value that the means are made of.', table: tables.queries },
    { id: 'outcomes', title: 'Outcomes', lead: 'All six counts, also those of nothing.', table: tables.outcomes },
    { id: 'lists', title: 'Queries that stand out', lead: 'What a mean does not tell.', table: tables.lists },
    ...metaSections(report._meta, NAME),
  ];
}

const WORDS = {
  pass: { tone: 'accepted', word: 'Measured' },
  fail: { tone: 'rejected', word: 'Below a floor' },
  error: { tone: 'rejected', word: 'Does not count' },
} as const;
const SILENT = { tone: 'rejected', word: 'Found nothing' } as const;

function judge(report: QrelsReport): Verdict {
  const { verdict, floors, refusals, notes } = report;
  const missed = floors.filter(({ is_met }) => !is_met);
  return {
    ...(verdict === 'fail' && missed.length === 0 ? SILENT : WORDS[verdict]),
    sentence: sentenceOf(verdict, missed.length, floors.length),
    reasons: [
      ...refusals.map((refusal) => ({ sentence: 'Refused:', detail: refusal })),
      ...missed.map(({ metric, floor, value }) => ({ sentence: `${metric}:`, detail: `${showValue(value)}, and ${floor} was asked for` })),
      ...notes.map((note) => ({ sentence: 'Note:', detail: note })),
    ],
    figures: figuresOf(report),
    nextSteps: [],
  };
}

const FIGURES = 5;

/** Means of one side, or the differences of two. */
function figuresOf({ metrics, intervals, comparison }: QrelsReport): Verdict['figures'] {
  if (comparison !== undefined) {
    return comparison.comparisons
      .slice(0, FIGURES)
      .map(({ metric, delta, text }) => ({ label: `${metric}, B minus A`, value: showDifference(delta), note: text.replace(/:.*/s, '') }));
  }
  return Object.entries(metrics)
    .slice(0, FIGURES)
    .map(([label, value]) => {
      const interval = intervals[label] ?? null;
      return { label, value: showValue(value), ...(interval === null ? {} : { note: showInterval([interval.low, interval.high]) }) };
    });
}

function sentenceOf(verdict: QrelsReport['verdict'], missed: number, floors: number): string {
  if (verdict === 'error') return 'The numbers do not say what was asked.';
  if (verdict === 'fail' && missed === 0) return 'Nothing was found for any query.';
  if (verdict === 'fail') return `${missed} of ${formatAmount(floors, 'floor')} missed.`;
  return floors === 0 ? 'No floor was asked for.' : `${formatAmount(floors, 'floor')} held.`;
}
