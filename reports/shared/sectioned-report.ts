import { escapeMarkdown } from './escape.ts';
import { writeFigure, type Figure } from './figure.ts';
import { markup, nothing } from './markup.ts';
import { writePage } from './page.ts';
import { writePassagesHtml, writePassagesMarkdown, type Passage } from './passages.ts';
import { writeTableCsv } from './table-csv.ts';
import { writeTableHtml } from './table-html.ts';
import { writeTableMarkdown } from './table-markdown.ts';
import { writePairsHtml, writePairsMarkdown, type Pair } from './side-by-side.ts';
import type { Table } from './table.ts';
import { writeVerdictMarkdown } from './verdict-markdown.ts';
import type { Verdict } from './verdict.ts';

/** One part of a report, before anyone decides whether it becomes HTML or Markdown. */
export interface ReportSection {
  readonly id: string;
  readonly title: string;
  /** What the section answers, in a sentence. */
  readonly lead: string;
  readonly figure?: Figure | undefined;
  /** Texts that are set against each other, above the table that lists them. */
  readonly pairs?: readonly Pair[] | undefined;
  /** Texts that are read one after the other, above the table. */
  readonly passages?: readonly Passage[];
  readonly table: Table;
}

/** A report of a verdict and sections, each of which is a table and perhaps a picture. */
export interface SectionedReport {
  /** Of the files, without their endings; the names of the tables begin with it, because they lie beside the page. */
  readonly name: string;
  /** What kind of report it is: `Bench run`. */
  readonly kind: string;
  readonly subject: string;
  readonly facts: readonly string[];
  readonly verdict: Verdict;
  readonly sections: readonly ReportSection[];
  /** The document that holds everything. */
  readonly document: object;
}

/** The files of a report: Markdown, JSON, a CSV for each table, and the page last, so that what it links to is there by then. */
export function renderReport(report: SectionedReport): { readonly name: string; readonly text: string }[] {
  return [
    { name: `${report.name}.md`, text: writeMarkdown(report) },
    { name: `${report.name}.json`, text: `${JSON.stringify(report.document, null, 2)}\n` },
    ...report.sections.map(({ table }) => ({ name: `${table.name}.csv`, text: writeTableCsv(table) })),
    { name: `${report.name}.html`, text: writeHtml(report) },
  ];
}

function writeHtml({ name, kind, subject, facts, verdict, sections }: SectionedReport): string {
  const jsonName = `${name}.json`;
  return writePage({
    kind,
    subject,
    facts,
    verdict,
    sections: sections.map(({ id, title, lead, figure, pairs = [], passages = [], table }) => ({
      id,
      title,
      lead,
      body: markup`${figure === undefined ? nothing : writeFigure(figure)}${writePairsHtml(pairs)}${writePassagesHtml(passages)}${writeTableHtml(table, jsonName)}`,
    })),
    colophon: `Everything on this page also stands in ${jsonName} beside it.`,
  });
}

/** A report as one Markdown text: the sections of the page, each picture as the sentence that says what it shows. */
export function writeMarkdown({ kind, subject, facts, verdict, sections }: SectionedReport): string {
  return [
    `# ${escapeMarkdown(`${verdict.word}: ${kind} ${subject}`)}\n`,
    ...writeVerdictMarkdown(verdict),
    `${facts.map((fact) => `- ${escapeMarkdown(fact)}\n`).join('')}`,
    ...sections.map(({ title, lead, figure, pairs = [], passages = [], table }) => {
      const sentence = figure === undefined ? '' : `\n${escapeMarkdown(figure.sentence)}\n`;
      const set = pairs.length === 0 ? '' : `\n${writePairsMarkdown(pairs)}`;
      const read = passages.length === 0 ? '' : `\n${writePassagesMarkdown(passages)}`;
      return `## ${escapeMarkdown(title)}\n\n${escapeMarkdown(lead)}\n${sentence}${set}${read}\n${writeTableMarkdown(table)}`;
    }),
  ].join('\n');
}
