import type { AuditReport } from '../../schemas/audit-report.ts';
import { writeTableCsv } from '../shared/table-csv.ts';
import { writeAuditMarkdown } from './audit-markdown.ts';
import { writeAuditPage } from './audit-page.ts';
import { auditTables } from './audit-tables.ts';

export interface RenderedFile {
  /** Without its folder. */
  readonly name: string;
  readonly text: string;
}

/** The page of an audit with its tables and its document beside it, all named after `name`; the page last, so that what it links to is there by then. */
export function renderAuditPage(report: AuditReport, name: string): RenderedFile[] {
  return [
    ...Object.values(auditTables(report, name)).map((table) => ({ name: `${table.name}.csv`, text: writeTableCsv(table) })),
    { name: `${name}.json`, text: `${JSON.stringify(report, null, 2)}\n` },
    { name: `${name}.html`, text: writeAuditPage(report, name) },
  ];
}

/** The same as Markdown, which stands by itself. */
export function renderAuditMarkdown(report: AuditReport, name: string): RenderedFile {
  return { name: `${name}.md`, text: writeAuditMarkdown(report, name) };
}
