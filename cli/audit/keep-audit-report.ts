import { basename } from 'node:path';
import type { OutputFolder } from '../../activities/ports.ts';
import { renderAuditMarkdown, renderAuditPage } from '../../reports/audit/render-audit.ts';
import type { AuditReport } from '../../schemas/audit-report.ts';

/** Writes the report below `reports/audit/` of the workspace, where every full audit leaves one. */
export function keepAuditReport(output: OutputFolder, report: AuditReport): void {
  const name = basename(report.paths.html, '.html');
  for (const { name: file, text } of [renderAuditMarkdown(report, name), ...renderAuditPage(report, name)])
    output.writeReport('audit', file, text);
}
