import type { RunReport } from '../../schemas/run-report.ts';
import { escapeMarkdown, markdownCode } from '../shared/escape.ts';
import { formatDuration, formatInstant } from '../shared/format.ts';
import { writeTableMarkdown } from '../shared/table-markdown.ts';
import { writeVerdictMarkdown } from '../shared/verdict-markdown.ts';
import { describeRun } from './run-sections.ts';
import type { RunSection } from './run-sections.ts';
import { judgeRun } from './run-verdict.ts';

/** The report on one refinery run as Markdown: the same sections as the page, each picture as the sentence that says what it shows. */
export function writeRunMarkdown(report: RunReport): string {
  const { summary } = report;
  const verdict = judgeRun(report);
  return [
    `# ${verdict.word}: refinery run ${markdownCode(summary.run_id)}\n`,
    ...writeVerdictMarkdown(verdict),
    writeFacts(report),
    ...describeRun(report).map(writeSection),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function writeFacts({ summary }: RunReport): string {
  const started = escapeMarkdown(formatInstant(summary.started_at));
  return `Started ${started}, took ${formatDuration(summary.duration_ms)}${summary.resumed ? ' (resumed)' : ''}, workflow ${markdownCode(summary.workflow_id)}.\n`;
}

function writeSection({ title, lead, figure, table }: RunSection): string {
  const sentence = figure === undefined ? '' : `\n${escapeMarkdown(figure.sentence)}\n`;
  return `## ${title}\n\n${escapeMarkdown(lead)}\n${sentence}\n${writeTableMarkdown(table)}`;
}
