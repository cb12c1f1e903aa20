import type { AuditReport } from '../../schemas/audit-report.ts';
import { escapeMarkdown, markdownCode } from '../shared/escape.ts';
import { formatDuration, formatInstant } from '../shared/format.ts';
import { writeTableMarkdown } from '../shared/table-markdown.ts';
import { writeVerdictMarkdown } from '../shared/verdict-markdown.ts';
import { describeAudit, type AuditSection } from './audit-sections.ts';
import { judgeAudit } from './audit-verdict.ts';

/** A full audit as Markdown: the sections of the page, each picture as the sentence that says what it shows. */
export function writeAuditMarkdown(report: AuditReport, name: string): string {
  const verdict = judgeAudit(report);
  return [
    `# ${verdict.word}: full audit of run ${markdownCode(report.run_id)}\n`,
    ...writeVerdictMarkdown(verdict),
    `Recorded ${escapeMarkdown(formatInstant(report.recorded_at))}, took ${formatDuration(report.duration_ms)}, Lauter ${escapeMarkdown(report.code_version)}.\n`,
    ...describeAudit(report, name).map(writeSection),
  ].join('\n');
}

function writeSection({ title, lead, figure, table }: AuditSection): string {
  const sentence = figure === undefined ? '' : `\n${escapeMarkdown(figure.sentence)}\n`;
  return `## ${title}\n\n${escapeMarkdown(lead)}\n${sentence}\n${writeTableMarkdown(table)}`;
}
