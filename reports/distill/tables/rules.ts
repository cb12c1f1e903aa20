import type { RunReport } from '../../../schemas/run-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';
import { shareOf, sumOf } from '../run-tallies.ts';

/** Scored runs by the rule that decided, the busiest rule first. */
export function rulesTable({ rules }: RunReport): Table {
  const total = sumOf(rules, ({ rows }) => rows);
  return makeTable({
    name: 'rules',
    caption: 'Scored runs by the rule that decided',
    whenEmpty: 'Nothing was scored.',
    rows: rules.toSorted((left, right) => right.rows - left.rows),
    columns: [
      { name: 'rule', title: 'Rule', kind: 'name', value: (row) => row.rule },
      { name: 'rows', title: 'Scored runs', kind: 'number', value: (row) => row.rows },
      { name: 'share', title: 'Share', kind: 'share', value: (row) => shareOf(row.rows, total) },
    ],
  });
}
