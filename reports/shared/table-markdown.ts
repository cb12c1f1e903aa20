import { cellText } from './cell-text.ts';
import { escapeMarkdown, markdownCode } from './escape.ts';
import { formatAmount } from './format.ts';
import { isNumeric, tableFor, visibleRows } from './table.ts';
import type { Cell, Column, Table } from './table.ts';

/** The table as a Markdown table, or the sentence that says why there is none. */
export function writeTableMarkdown(whole: Table): string {
  if (whole.rows.length === 0) return `${escapeMarkdown(whole.whenEmpty)}\n`;
  const table = tableFor(whole, 'people');
  const { rows, hidden } = visibleRows(table);
  const lines = [
    writeRow(table.columns.map((column) => escapeMarkdown(column.title))),
    writeRow(table.columns.map((column) => (isNumeric(column.kind) ? '---:' : '---'))),
    ...rows.map((row) => writeRow(table.columns.map((column, index) => writeCell(row[index] ?? null, column)))),
    ...writeSums(table),
    ...(hidden === 0 ? [] : ['', `${formatAmount(hidden, 'more row')} in ${markdownCode(`${table.name}.csv`)}.`]),
  ];
  return `${lines.join('\n')}\n`;
}

function writeRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function writeCell(cell: Cell, column: Column): string {
  const { kind } = column;
  const text = cellText(cell, column);
  return cell !== null && (kind === 'name' || kind === 'digest' || kind === 'path')
    ? markdownCode(text).replaceAll('|', '\\|')
    : escapeMarkdown(text);
}

function writeSums({ sums, columns }: Table): string[] {
  return sums === undefined ? [] : [writeRow(columns.map((column, index) => writeSum(sums[index] ?? null, column)))];
}

function writeSum(cell: Cell, column: Column): string {
  return cell === null ? '' : `**${escapeMarkdown(cellText(cell, column))}**`;
}
