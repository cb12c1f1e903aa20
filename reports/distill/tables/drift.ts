import type { RunReport } from '../../../schemas/run-report.ts';
import { DRIFT_SEVERITIES } from '../../../schemas/vocabulary.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';

/** Every tracked number before and now, the most severe change first. */
export function driftTable({ drift }: RunReport): Table {
  return makeTable({
    name: 'drift',
    caption: 'Tracked numbers, the most severe change first',
    whenEmpty:
      drift.against === null ? 'This is the first run of the workspace, so there is nothing to compare it with.' : 'No number is tracked.',
    rows: drift.metrics.toSorted((left, right) => DRIFT_SEVERITIES.indexOf(right.severity) - DRIFT_SEVERITIES.indexOf(left.severity)),
    columns: [
      { name: 'metric', title: 'Metric', kind: 'name', value: (row) => row.metric },
      { name: 'old', title: 'Before', kind: 'value', value: (row) => row.old },
      { name: 'new', title: 'Now', kind: 'value', value: (row) => row.new },
      { name: 'change', title: 'Change', kind: 'change', value: (row) => row.change },
      { name: 'severity', title: 'Severity', kind: 'state', value: (row) => row.severity },
      { name: 'reason', title: 'Reason', kind: 'prose', value: (row) => row.reason },
    ],
  });
}
