import type { ContradictionReport } from '../../schemas/contradiction-report.ts';
import type { ContradictionTrendRow } from '../../schemas/contradiction-trend.ts';
import { formatAmount, formatInstant } from '../shared/format.ts';
import { metaSections } from '../shared/meta-sections.ts';
import { renderReport, type ReportSection } from '../shared/sectioned-report.ts';
import { candidatesFigure, verdictsFigure } from './contradiction-figures.ts';
import {
  costTable,
  errorsTable,
  goldTable,
  hotPagesTable,
  noticesTable,
  queriesTable,
  tiersTable,
  verdictsTable,
} from './contradiction-tables.ts';
import { trendFigure, trendTable } from './contradiction-trend.ts';
import { judgeContradictions } from './contradiction-verdict.ts';
import { findingsOf, findingsTable, pairsOf } from './findings.ts';

const NAME = 'contradictions';

/** What a collection says against itself as files, the page last; with a picture of earlier runs when their rows are given. The same input gives the same bytes. */
export function renderContradictions(
  report: ContradictionReport,
  trend: readonly ContradictionTrendRow[] = [],
): { readonly name: string; readonly text: string }[] {
  const findings = findingsOf(report);
  return renderReport({
    name: NAME,
    kind: 'Contradictions',
    subject: report.dataset.collection,
    facts: [
      `run ${report.run_id}`,
      `finished ${formatInstant(report.finished_at)}`,
      `judge ${report.judge_model}`,
      `prompt ${report.prompt_version}`,
      `first ${formatAmount(report.top_k, 'result')} of each query`,
      `pairs by ${report.sampling}`,
    ],
    verdict: judgeContradictions(report, findings),
    sections: [
      {
        id: 'findings',
        title: 'Findings',
        lead: 'Passages that the judge set against each other, the worst first. Nothing was changed: each command notes a decision, and edits no page.',
        pairs: pairsOf(findings),
        table: findingsTable(findings, NAME),
      },
      {
        id: 'hot-pages',
        title: 'Hot pages',
        lead: 'Pages that stand in most findings. A page on both ends of one finding counts once.',
        table: hotPagesTable(report, NAME),
      },
      {
        id: 'verdicts',
        title: 'Verdicts',
        lead: 'What the judge said of the pairs it read.',
        figure: verdictsFigure(report),
        table: verdictsTable(report, NAME),
      },
      {
        id: 'queries',
        title: 'Queries and candidates',
        lead: 'What became of the candidate pairs of each query. Pairs of texts that are plainly about different times are not put to the judge.',
        figure: candidatesFigure(report),
        table: queriesTable(report, NAME),
      },
      {
        id: 'tiers',
        title: 'Sources',
        lead: 'Candidate pairs by the care their pages were written with.',
        table: tiersTable(report, NAME),
      },
      { id: 'errors', title: 'Judge errors', lead: report.judge_errors.note, table: errorsTable(report, NAME) },
      { id: 'cost', title: 'Cost and cache', lead: report.cost_usd.estimate_note, table: costTable(report, NAME) },
      ...goldSection(report),
      ...trendSection(trend),
      { id: 'notices', title: 'Notices', lead: 'What decides nothing but should be known.', table: noticesTable(report, NAME) },
      ...(report._meta === undefined ? [] : metaSections(report._meta, NAME)),
    ],
    document: report,
  });
}

function goldSection({ gold }: ContradictionReport): ReportSection[] {
  if (gold === null) return [];
  return [
    {
      id: 'gold',
      title: 'Against labelled pairs',
      lead: `What the judge said of ${formatAmount(gold.pairs, 'pair')} that people have labelled.${gold.small_sample_note === undefined ? '' : ` ${gold.small_sample_note}`}`,
      table: goldTable(gold, NAME),
    },
  ];
}

function trendSection(rows: readonly ContradictionTrendRow[]): ReportSection[] {
  if (rows.length === 0) return [];
  return [
    {
      id: 'trend',
      title: 'Trend',
      lead: 'Earlier runs over this collection. Runs whose judge failed are listed and not drawn.',
      figure: trendFigure(rows),
      table: trendTable(rows, NAME),
    },
  ];
}
