import type { EvalComparison } from '../../../schemas/eval-comparison.ts';
import type { EvalReadRecord } from '../../../schemas/eval-record.ts';
import { formatAmount, formatInstant } from '../../shared/format.ts';
import { metaSections } from '../../shared/meta-sections.ts';
import type { ReportSection } from '../../shared/sectioned-report.ts';
import { makeTable } from '../../shared/table.ts';

/** What a comparison rests on: its records, how it was computed, what its metrics mean, and what the figures were made from. */
export function closingSections(comparison: EvalComparison, name: string): ReportSection[] {
  const { records, without_mode, grouped, _meta } = comparison;
  const cells = Object.entries(grouped).flatMap(([suite, modes]) =>
    Object.entries(modes).flatMap(([mode, record]) => (record === null ? [{ suite, mode, record }] : [])),
  );
  const rows = records.map((record): RunRow => ({ suite: record.suite, mode: record.mode, record }));
  return [
    {
      id: 'records',
      title: 'Records',
      lead: 'The newest record of each suite and mode, unless others were asked for.',
      table: recordsTable(`${name}-records`, 'Records that were compared', [...rows, ...cells]),
    },
    ...(without_mode.length === 0
      ? []
      : [
          {
            id: 'without-mode',
            title: 'Records without a mode',
            lead: 'Their suite knows no modes, so nothing is set side by side.',
            table: recordsTable(
              `${name}-without-mode`,
              'Records without a mode',
              without_mode.map((record) => ({ suite: record.suite, mode: record.mode, record })),
            ),
          },
        ]),
    noticesSection(comparison, name),
    ...metaSections(_meta, name),
  ];
}

/** A place where a record is expected. */
interface RunRow {
  readonly suite: string;
  readonly mode: string;
  readonly record: EvalReadRecord | null;
}

function recordsTable(name: string, caption: string, rows: readonly RunRow[]) {
  return makeTable<RunRow>({
    name,
    caption,
    whenEmpty: 'There is none.',
    rows,
    columns: [
      { name: 'suite', title: 'Suite', kind: 'name', value: (row) => row.suite },
      { name: 'mode', title: 'Mode', kind: 'name', value: (row) => row.mode },
      { name: 'status', title: 'State', kind: 'state', value: ({ record }) => record?.status ?? 'missing' },
      { name: 'ran_at', title: 'Ran at', kind: 'name', audience: 'people', value: ({ record }) => formatInstant(record?.ran_at ?? '–') },
      { name: 'ran_at', title: 'Ran at', kind: 'name', audience: 'programs', value: ({ record }) => record?.ran_at ?? null },
      { name: 'run_id', title: 'Run', kind: 'name', value: ({ record }) => record?.run_id ?? null },
      { name: 'run_uid', title: 'Uid', kind: 'name', audience: 'programs', value: ({ record }) => record?.run_uid ?? null },
      { name: 'dataset_hash', title: 'Dataset', kind: 'digest', value: ({ record }) => record?.dataset_hash ?? null },
      { name: 'rows_path', title: 'Rows', kind: 'path', audience: 'programs', value: ({ record }) => record?.rows_path ?? null },
      { name: 'rows_sha256', title: 'Rows', kind: 'digest', value: ({ record }) => record?.rows_sha256 ?? null },
    ],
  });
}

/** How it was computed, and what decides nothing but should be known. */
function noticesSection({ notices, malformed_lines, smallest_p, _meta }: EvalComparison, name: string): ReportSection {
  type Row = { readonly kind: string; readonly text: string };
  const rows: Row[] = [
    ...notices.map((text) => ({ kind: 'notice', text })),
    ...(malformed_lines === 0
      ? []
      : [
          {
            kind: 'notice',
            text: `${formatAmount(malformed_lines, 'line')} of the ledger could not be read and ${malformed_lines === 1 ? 'was' : 'were'} left out`,
          },
        ]),
    ...(smallest_p === null
      ? []
      : [{ kind: 'floor', text: `the smallest corrected p that the bootstrap can give here is ${Number(smallest_p.toPrecision(6))}` }]),
    ..._meta.methodology.map((text) => ({ kind: 'method', text })),
  ];
  return {
    id: 'notices',
    title: 'Notices and method',
    lead: 'How the numbers were made, and what should be known of them.',
    table: makeTable<Row>({
      name: `${name}-notices`,
      caption: 'Notices and method',
      whenEmpty: 'There is nothing else to know.',
      rows,
      columns: [
        { name: 'kind', title: 'Kind', kind: 'word', value: (row) => row.kind },
        { name: 'text', title: 'Text', kind: 'prose', value: (row) => row.text },
      ],
    }),
  };
}
