import type { AuditReport } from '../../schemas/audit-report.ts';
import { writeFigure } from '../shared/figure.ts';
import { formatDuration, formatInstant } from '../shared/format.ts';
import { markup, nothing } from '../shared/markup.ts';
import { writePage } from '../shared/page.ts';
import { writeTableHtml } from '../shared/table-html.ts';
import { describeAudit } from './audit-sections.ts';
import { judgeAudit } from './audit-verdict.ts';

/** A full audit as one HTML file that needs nothing but itself; `name` is that of the page, without its ending. */
export function writeAuditPage(report: AuditReport, name: string): string {
  const jsonName = `${name}.json`;
  return writePage({
    kind: 'Full audit',
    subject: report.run_id,
    facts: [`Recorded ${formatInstant(report.recorded_at)}`, `Took ${formatDuration(report.duration_ms)}`, `Lauter ${report.code_version}`],
    verdict: judgeAudit(report),
    sections: describeAudit(report, name).map(({ id, title, lead, figure, table }) => ({
      id,
      title,
      lead,
      body: markup`${figure === undefined ? nothing : writeFigure(figure)}${writeTableHtml(table, jsonName)}`,
    })),
    colophon: `Everything on this page also stands in ${jsonName} beside it.`,
  });
}
