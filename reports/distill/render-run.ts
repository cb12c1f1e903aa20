import type { RunReport } from '../../schemas/run-report.ts';
import { RUN_REPORT_FILES } from './run-files.ts';
import { writeRunMarkdown } from './run-markdown.ts';
import { writeRunPage } from './run-page.ts';
import { runTables } from './run-tables.ts';

/** The files of a run's report: the page, the same in Markdown, and one CSV for each table. */
export function renderRun(report: RunReport): { name: string; text: string }[] {
  return [
    { name: RUN_REPORT_FILES.page, text: writeRunPage(report) },
    { name: RUN_REPORT_FILES.markdown, text: writeRunMarkdown(report) },
    ...runTables(report).map(({ name, csv }) => ({ name, text: csv })),
  ];
}
