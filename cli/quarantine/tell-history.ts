import type { QuarantineHistory } from '../../schemas/quarantine-history.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

const ID_CHARS = 12;

/** The stays of each row for people: one line for each set and reason. */
export function tellHistory({ runs, total, rows, complete }: QuarantineHistory): string {
  const head = `${total.toLocaleString('en')} rows were quarantined in ${runs.length.toLocaleString('en')} runs`;
  if (total === 0) return head;
  const newest = runs.at(-1)?.run_id;
  const list = textTable(
    ['evidence', 'from', 'set', 'reason', 'runs', 'first', 'last', 'left', 'detail'],
    rows.flatMap((row) =>
      row.stays.map((stay) => [
        (row.evidence_id ?? '-').slice(0, ID_CHARS),
        plain(`${row.source_file}:${row.line_offset + 1}`),
        stay.set,
        stay.reason,
        String(stay.runs),
        stay.first_run,
        stay.last_run,
        stay.left_run ?? (stay.last_run === newest ? 'still there' : 'not read since'),
        plain(stay.detail),
      ]),
    ),
  );
  return `${head}\n\n${list}${complete ? '' : `\n\nthe first ${rows.length.toLocaleString('en')}; --limit N shows more`}`;
}
