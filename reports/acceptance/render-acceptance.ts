import type { AcceptanceReport } from '../../schemas/acceptance-report.ts';
import { writeTableCsv } from '../shared/table-csv.ts';
import { invariantsTable, writeAcceptancePage } from './acceptance-page.ts';

/** The files of a report: the page where it was asked for, and beside it the report as JSON and the table as CSV, named after the page. */
export function renderAcceptance(report: AcceptanceReport, path: string): { path: string; text: string }[] {
  const stem = path.replace(/\.html?$/i, '');
  const name = stem.split(/[/\\]/).at(-1) ?? '';
  const table = invariantsTable(report, name);
  return [
    { path: `${stem.slice(0, stem.length - name.length)}${table.name}.csv`, text: writeTableCsv(table) },
    { path: `${stem}.json`, text: `${JSON.stringify(report, null, 2)}\n` },
    // The page last: what it links to is there by then.
    { path, text: writeAcceptancePage(report, name) },
  ];
}
