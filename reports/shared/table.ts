/** A value of a table. Null is a state of its own, "not known" or "nothing to compare with", and never 0. */
export type Cell = string | number | boolean | null;

/**
 * What a column holds, which decides how it is written and aligned: prose, a short word, a name from outside, a number, a share of 0..1, a relative
 * change, milliseconds, a digest, one of the product's closed words, either a number or a text, or a path.
 */
export type ColumnKind = 'prose' | 'word' | 'name' | 'number' | 'share' | 'change' | 'duration' | 'digest' | 'state' | 'value' | 'path';

export interface Column {
  /** Name in CSV. */
  readonly name: string;
  /** Heading for people. */
  readonly title: string;
  readonly kind: ColumnKind;
  /** How people read the words of the column; CSV keeps the words. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Set where a column is for one of the two alone: what people read at a glance, or the exact parts of it for CSV. */
  readonly audience?: Audience;
}

/** Who a table is written for: people as HTML and Markdown, programs as CSV. */
export type Audience = 'people' | 'programs';

/** One table, whatever it is written as. `name` is its file name without the ending. */
export interface Table {
  readonly name: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** A last row of sums; shown to people, left out of CSV. */
  readonly sums?: readonly Cell[];
  /** Rows shown to people; CSV always holds all of them. */
  readonly rowsShown?: number;
  /** The sentence that stands in place of a table without rows. */
  readonly whenEmpty: string;
}

/** A column together with the value it takes from a row. */
export interface ColumnOf<Row> extends Column {
  readonly value: (row: Row) => Cell;
}

/** Joins rows with the columns that read them, so that a heading and its values cannot drift apart. */
export function makeTable<Row>(
  table: Omit<Table, 'columns' | 'rows' | 'sums'> & {
    readonly columns: readonly ColumnOf<Row>[];
    readonly rows: readonly Row[];
    readonly hasSums?: boolean;
  },
): Table {
  const { columns, rows, hasSums, ...rest } = table;
  const cells = rows.map((row) => columns.map((column) => column.value(row)));
  return {
    ...rest,
    columns,
    rows: cells,
    ...(hasSums === true && rows.length > 1 ? { sums: columns.map((column, index) => sumOf(column, cells, index)) } : {}),
  };
}

/** The table with the columns of one audience alone. */
export function tableFor(table: Table, audience: Audience): Table {
  const places = [...table.columns.keys()].filter((place) => (table.columns[place]!.audience ?? audience) === audience);
  if (places.length === table.columns.length) return table;
  const pick = (cells: readonly Cell[]): Cell[] => places.map((place) => cells[place] ?? null);
  return {
    ...table,
    columns: places.map((place) => table.columns[place]!),
    rows: table.rows.map(pick),
    ...(table.sums === undefined ? {} : { sums: pick(table.sums) }),
  };
}

/** The rows people see, and how many more there are. */
export function visibleRows(table: Table): { rows: Table['rows']; hidden: number } {
  const rows = table.rowsShown === undefined ? table.rows : table.rows.slice(0, table.rowsShown);
  return { rows, hidden: table.rows.length - rows.length };
}

/** True for the kinds that line up at the right. */
export function isNumeric(kind: ColumnKind): boolean {
  return kind === 'number' || kind === 'share' || kind === 'change' || kind === 'duration' || kind === 'value';
}

/** Only counts add up; a share or a digest of a sum would have to be computed, not added. */
function sumOf(column: Column, rows: readonly (readonly Cell[])[], index: number): Cell {
  if (index === 0) return 'Total';
  if (column.kind !== 'number') return null;
  return rows.reduce((sum, row) => sum + Number(row[index] ?? 0), 0);
}
