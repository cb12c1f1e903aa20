import type { ComparedSuite } from '../../../schemas/eval-comparison.ts';
import { showInterval } from '../../shared/bench-values.ts';
import type { ReportSection } from '../../shared/sectioned-report.ts';
import { makeTable } from '../../shared/table.ts';
import { interval, measured } from '../../shared/measured-columns.ts';
import type { SuiteView } from './suite-view.ts';

const METHODS = { wilson: 'Wilson', bootstrap: 'bootstrap' };

/** What each arm of a suite came to in each metric. */
export function meansSection({ suite, id, name, suffix }: SuiteView): ReportSection {
  type Row = ComparedSuite['arm_metrics'][number];
  return {
    id: `${id}means`,
    title: `Means${suffix}`,
    lead: `The headline is ${suite.headline}. Intervals of single arms may overlap where their difference is significant: questions are paired, so only the differences decide.`,
    table: makeTable<Row>({
      name: `${name}means`,
      caption: 'Means with 95 % intervals',
      whenEmpty: 'Nothing was measured.',
      rows: suite.arm_metrics,
      columns: [
        { name: 'metric', title: 'Metric', kind: 'word', value: (row) => row.metric },
        { name: 'arm', title: 'Arm', kind: 'name', value: (row) => row.arm },
        { name: 'n', title: 'Questions', kind: 'number', value: (row) => row.n },
        ...measured<Row>('mean', 'Mean', (row) => row.mean),
        ...interval<Row>('95 % interval', (row) => row.ci95, showInterval),
        { name: 'method', title: 'Interval by', kind: 'word', labels: METHODS, value: (row) => row.method },
      ],
    }),
  };
}
