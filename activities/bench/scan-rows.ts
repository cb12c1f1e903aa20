import { checkHash, type ContentFault, type EventContent } from '../../domain/bench/index.ts';
import type { Sha256 } from '../../domain/shared/ledger-row.ts';
import type { JsonLine } from '../../domain/shared/json-line.ts';

/** A row with its line. */
export interface PlacedRow<Row> {
  readonly line: number;
  readonly row: Row;
}

/** What is wrong with a line, so that no reader may use it. */
export interface RowFault extends ContentFault {
  readonly line: number;
  readonly eventId: string | null;
}

/** A schema of rows, as zod offers it. */
export interface RowSchema<Row> {
  safeParse(
    value: unknown,
  ): { success: true; data: Row } | { success: false; error: { issues: readonly { path: readonly PropertyKey[] }[] } };
}

/** The rows of a file of events, each with the right hash and an id of its own; every other line goes to `report`. */
export async function scanRows<Row extends EventContent>(
  lines: AsyncIterable<JsonLine>,
  schema: RowSchema<Row>,
  sha256: Sha256,
  report: (fault: RowFault) => void,
): Promise<PlacedRow<Row>[]> {
  const rows: PlacedRow<Row>[] = [];
  const lineOf = new Map<string, number>();
  for await (const read of lines) {
    const { line } = read;
    if (!read.ok) {
      report({ check: 'row', line, eventId: null, expected: 'one JSON object', found: read.fault });
      continue;
    }
    const parsed = schema.safeParse(read.value);
    if (!parsed.success) {
      const fields = [...new Set(parsed.error.issues.map(({ path }) => path.join('.') || 'its keys'))];
      report({ check: 'row', line, eventId: null, expected: 'a row of its kind', found: `others in ${fields.join(', ')}` });
      continue;
    }
    const row = parsed.data;
    const fault = checkHash(row, sha256);
    if (fault !== undefined) report({ ...fault, line, eventId: row.event_id });
    const first = lineOf.get(row.event_id);
    if (first === undefined) lineOf.set(row.event_id, line);
    else report({ check: 'duplicate', line, eventId: row.event_id, expected: 'an id of its own', found: `that of line ${first}` });
    rows.push({ line, row });
  }
  return rows;
}
