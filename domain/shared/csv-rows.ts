/** A row of a CSV text and the line it begins on, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The rows of a CSV text as spreadsheets write it: cells may be quoted and then hold separators, line ends and doubled quotes. The separator is
 * the one of comma, semicolon and tab that comes first in the first line. Blank lines are left out. Undefined when a quoted cell never ends.
 */
export function csvRows(text: string): CsvRow[] | undefined {
  const separator = /[,;\t]/.exec(text.split('\n', 1)[0] ?? '')?.[0] ?? ',';
  const cell = new RegExp(`(?:"([^"]*(?:""[^"]*)*)"|([^"${separator}\\r\\n][^${separator}\\r\\n]*|))(${separator}|\\r?\\n|$)`, 'y');
  const rows: CsvRow[] = [];
  let [line, begun] = [1, 1];
  let cells: string[] = [];
  while (cell.lastIndex < text.length || cells.length > 0) {
    const match = cell.exec(text);
    if (match === null) return undefined;
    const [whole, quoted, bare = '', end] = match;
    cells.push(quoted === undefined ? bare.trim() : quoted.replaceAll('""', '"'));
    line += whole.split('\n').length - 1;
    if (end === separator) continue;
    if (cells.length > 1 || cells[0] !== '') rows.push({ line: begun, cells });
    [cells, begun] = [[], line];
  }
  return rows;
}
