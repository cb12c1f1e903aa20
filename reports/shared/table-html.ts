import { cellText, isShortened } from './cell-text.ts';
import { formatAmount } from './format.ts';
import { besideHref, markup, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import { describeState } from './states.ts';
import { isNumeric, tableFor, visibleRows } from './table.ts';
import type { Cell, Column, Table } from './table.ts';

/**
 * The table as HTML in a box of its own that scrolls sideways, with links to the same rows as CSV and to the JSON document
 * that holds them; or the sentence that says why there is none.
 */
export function writeTableHtml(whole: Table, jsonName: string): Markup {
  if (whole.rows.length === 0) return markup`<p class="empty">${whole.whenEmpty}</p>`;
  const table = tableFor(whole, 'people');
  const { rows, hidden } = visibleRows(table);
  return markup`<div class="table" role="region" aria-labelledby="${`table-${table.name}`}" tabindex="0">
<table>
<caption id="${`table-${table.name}`}"><span>${table.caption}</span></caption>
<thead><tr>${table.columns.map(writeHeading)}</tr></thead>
<tbody>
${rows.map((row) => writeRow(row, table.columns))}</tbody>
${table.sums === undefined ? nothing : writeSums(table.sums, table.columns)}</table>
</div>
<p class="beside">${hidden === 0 ? '' : `${formatAmount(hidden, 'more row')} in the file. `}This table as ${writeLink(`${table.name}.csv`, 'CSV', table)} or in ${writeLink(jsonName, 'JSON', table)}</p>
`;
}

function writeHeading(column: Column): Markup {
  return markup`<th scope="col" class="${alignment(column)}">${column.title}</th>`;
}

function writeRow(row: readonly Cell[], columns: readonly Column[]): Markup {
  return markup`<tr>${columns.map((column, index) => writeCell(row[index] ?? null, column, index))}</tr>
`;
}

function writeCell(cell: Cell, column: Column, index: number): Markup {
  const content = writeContent(cell, column);
  if (index === 0) return markup`<th scope="row" class="${alignment(column)}">${content}</th>`;
  if (column.kind === 'share' && typeof cell === 'number')
    return markup`<td class="number share" style="${`--share:${(cell * 100).toFixed(2)}%`}">${content}</td>`;
  const isText = column.kind === 'value' && typeof cell === 'string';
  return markup`<td class="${isText ? 'value' : alignment(column)}">${content}</td>`;
}

function writeContent(cell: Cell, column: Column): Markup {
  const text = cellText(cell, column);
  if (cell === 0) return markup`<span class="zero">${text}</span>`;
  if (cell === null) return markup`<span class="quiet">${text}</span>`;
  if (column.kind === 'state') return markup`<span class="${`state tone-${describeState(String(cell)).tone}`}">${text}</span>`;
  if (isShortened(cell, column.kind)) return markup`<code title="${String(cell)}">${text}</code>`;
  if (column.kind === 'digest' || column.kind === 'path') return markup`<code>${text}</code>`;
  return column.kind === 'name' ? markup`${breakable(text)}` : markup`${text}`;
}

/** A long name may break after a sign that joins its words, and only there. */
function breakable(name: string): Markup[] {
  return name.split(/(?<=[_/.:-])(?=\w)/).map((part, index) => (index === 0 ? markup`${part}` : markup`<wbr>${part}`));
}

function writeSums(sums: readonly Cell[], columns: readonly Column[]): Markup {
  const cells = columns.map((column, index) => {
    const sum = sums[index] ?? null;
    const text = sum === null ? '' : cellText(sum, column);
    return index === 0 ? markup`<th scope="row">${text}</th>` : markup`<td class="${alignment(column)}">${text}</td>`;
  });
  return markup`<tfoot><tr>${cells}</tr></tfoot>
`;
}

function writeLink(name: string, label: string, table: Table): Markup {
  return markup`<a href="${besideHref(name)}" aria-label="${`${table.caption} ${label}`}">${label}</a>`;
}

function alignment(column: Column): string {
  if (isNumeric(column.kind)) return 'number';
  return column.kind === 'prose' || column.kind === 'name' || column.kind === 'path' ? column.kind : 'word';
}
