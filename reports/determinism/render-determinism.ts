import type { DeterminismReport } from '../../schemas/determinism-report.ts';
import { writeTableCsv } from '../shared/table-csv.ts';
import { writeDeterminismMarkdown } from './determinism-markdown.ts';
import { writeDeterminismPage } from './determinism-page.ts';
import { determinismTables } from './determinism-tables.ts';

export interface RenderedDeterminism {
  readonly markdown: string;
  /** Markdown, JSON, tables and page, all named after `determinism`; the page last, so that what it links to is there by then. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** A determinism verdict for people. The same report gives the same bytes. */
export function renderDeterminism(report: DeterminismReport): RenderedDeterminism {
  const tables = determinismTables(report, NAME);
  const markdown = writeDeterminismMarkdown(report, tables);
  return {
    markdown,
    files: [
      { name: `${NAME}.md`, text: markdown },
      { name: `${NAME}.json`, text: `${JSON.stringify(report, null, 2)}\n` },
      ...Object.values(tables).map((table) => ({ name: `${table.name}.csv`, text: writeTableCsv(table) })),
      { name: `${NAME}.html`, text: writeDeterminismPage(report, tables, NAME) },
    ],
  };
}

const NAME = 'determinism';
