import type { RunReport } from '../../schemas/run-report.ts';
import { writeFigure } from '../shared/figure.ts';
import { formatDuration, formatInstant } from '../shared/format.ts';
import { markup, nothing } from '../shared/markup.ts';
import { writePage } from '../shared/page.ts';
import { writeTableHtml } from '../shared/table-html.ts';
import { RUN_REPORT_FILES } from './run-files.ts';
import { describeRun } from './run-sections.ts';
import { judgeRun } from './run-verdict.ts';

/** The report on one refinery run as one HTML file that needs nothing but itself. */
export function writeRunPage(report: RunReport): string {
  const { summary } = report;
  return writePage({
    kind: 'Refinery run',
    subject: summary.run_id,
    facts: factsOf(report),
    verdict: judgeRun(report),
    sections: describeRun(report).map(({ id, title, lead, figure, table }) => ({
      id,
      title,
      lead,
      body: markup`${figure === undefined ? nothing : writeFigure(figure)}${writeTableHtml(table, RUN_REPORT_FILES.json)}`,
    })),
    colophon: `Everything on this page also stands in ${RUN_REPORT_FILES.json} and ${RUN_REPORT_FILES.markdown} beside it.`,
  });
}

function factsOf({ summary }: RunReport): string[] {
  const took = `Took ${formatDuration(summary.duration_ms)}${summary.resumed ? ', resumed' : ''}`;
  return [`Started ${formatInstant(summary.started_at)}`, took, `Workflow ${summary.workflow_id}`];
}
