import type { DeterminismReport } from '../../schemas/determinism-report.ts';
import { writeFigure } from '../shared/figure.ts';
import { markup, nothing } from '../shared/markup.ts';
import { writePage } from '../shared/page.ts';
import { writeTableHtml } from '../shared/table-html.ts';
import type { Table } from '../shared/table.ts';
import type { DeterminismTables } from './determinism-tables.ts';
import { judgeReport, reportFacts } from './determinism-verdict.ts';
import { rangeFigure } from './range-figure.ts';
import { showId } from './words.ts';

/** A determinism report as one HTML file that needs nothing but itself; `name` is that of the page, without its ending. */
export function writeDeterminismPage(report: DeterminismReport, tables: DeterminismTables, name: string): string {
  const figure = rangeFigure(report);
  const jsonName = `${name}.json`;
  const section = (id: string, title: string, lead: string, table: Table) => ({ id, title, lead, body: writeTableHtml(table, jsonName) });
  return writePage({
    kind: 'Determinism of bench runs',
    subject: report.models.map(({ model_id }) => showId(model_id)).join(', ') || 'no model compared',
    facts: reportFacts(report),
    verdict: judgeReport(report),
    sections: [
      {
        id: 'models',
        title: 'Models',
        lead: 'A model passes when every run has a good value of every metric, and the largest lies above the smallest by no more than the budget.',
        body: markup`${figure === undefined ? nothing : writeFigure(figure)}${writeTableHtml(tables.models, jsonName)}${writeNotCompared(report)}`,
      },
      section('reasons', 'Reasons', 'Everything that speaks against a model, not only what its verdict shows.', tables.reasons),
      section('flips', 'Flips', flipsLead(report), tables.flips),
      section('reported', 'Reported beside', 'Further metrics and sources; none of them decides.', tables.reported),
      section('causes', 'Possible causes', 'What the files record about each; one that they rule out is not it.', tables.causes),
      section('runs', 'Runs', 'The files that were read, byte for byte.', tables.runs),
      section(
        'comparability',
        'Comparability',
        'Runs of different corpora, questions, prompts or tuning are never mixed.',
        tables.differences,
      ),
      section('warnings', 'Warnings', 'What decides nothing but should be known.', tables.warnings),
    ],
    colophon: `Everything on this page also stands in ${jsonName} beside it. MDE: unpaired, two-sided 0.05, power 0.80.`,
  });
}

function writeNotCompared({ not_compared }: DeterminismReport) {
  if (not_compared.length === 0) return nothing;
  return markup`<p class="empty">${`Not compared, because they stand in one run only: ${not_compared.map(showId).join(', ')}`}</p>`;
}

function flipsLead({ models }: DeterminismReport): string {
  const counts = models.map(({ model_id, flips }) =>
    flips.hit_at_1 === null
      ? `${showId(model_id)}: not recorded.`
      : `${showId(model_id)}: ${flips.hit_at_1} flip in Hit@1, ${flips.rank ?? 0} change their rank.`,
  );
  return ['Equal means can hide items that swap.', ...counts].join(' ');
}
