import type { JsonObject } from '../../domain/shared/json.ts';

const TABLE = /<!--- gbrain:takes:begin -->([\s\S]*?)<!--- gbrain:takes:end -->/;

/**
 * Takes that stand in a body as the table between two marks that gbrain writes (columns #, claim, kind, who, weight, since, source), and the body
 * without it. A claim that is struck through is no longer held. Rows that are no takes are left out.
 */
export function takesOf(body: string): { readonly takes: JsonObject[]; readonly rest: string } {
  const table = TABLE.exec(body);
  if (table === null) return { takes: [], rest: body };
  const rows = table[1]!.split('\n').map(cellsOf);
  const names = rows.find((cells) => cells.includes('claim')) ?? [];
  const takes = rows.flatMap((cells) => takeIn(names, cells));
  return { takes, rest: body.slice(0, table.index) + body.slice(table.index + table[0].length) };
}

function cellsOf(line: string): string[] {
  // A bar inside a cell is written with a backslash before it.
  const cells = line.trim().split(/(?<!\\)\|/);
  return cells.slice(1, -1).map((cell) => cell.replaceAll('\\|', '|').trim());
}

function takeIn(names: readonly string[], cells: readonly string[]): JsonObject[] {
  const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
  const number = Number(cell('#'));
  if (!Number.isInteger(number) || number < 1 || cell('claim') === '') return [];
  const [, struck] = /^~~(.*)~~$/s.exec(cell('claim')) ?? [];
  const [since = ''] = cell('since').split(/\s*(?:→|->)\s*/);
  return [
    {
      row_num: number,
      holder: cell('who'),
      text: struck ?? cell('claim'),
      active: struck === undefined,
      ...(since !== '' && { effective_date: since }),
    },
  ];
}
