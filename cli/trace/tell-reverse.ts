import type { TraceReverse } from '../../schemas/trace.ts';
import { plain } from '../io.ts';
import { exportLines } from './tell-trace.ts';

/** What came of a place in a source, for people. */
export function tellReverse(reverse: TraceReverse): string {
  const { source_file, line, line_offset, pointer, member, run_id, matched, records, refused } = reverse;
  const place = [
    source_file,
    ...(line === null ? [] : [`line ${line} (${line_offset} counted from 0)`]),
    ...(pointer === null ? [] : [`pointer ${pointer}`]),
    ...(member === null ? [] : [`member ${member}`]),
  ];
  return [
    plain(place.join(', ')),
    `run ${run_id}: ${plain(matched)}`,
    ...records.flatMap((record) => [
      '',
      `evidence ${record.evidence_id}`,
      `  task      ${plain(record.task_key)}`,
      `  scored    ${record.category === null ? 'no score' : `${record.category}, by ${plain(record.rule ?? '')}`}`,
      ...exportLines(record.exports, record.left_out),
    ]),
    ...refused.flatMap((row) => [
      '',
      `refused: ${row.reason} (${plain(row.detail)})`,
      `  written to ${plain(row.file)}:${row.line}${row.evidence_id === null ? '' : `\n  the record that stays is evidence ${row.evidence_id}`}`,
    ]),
  ].join('\n');
}
