import type { ProbeEvent } from '../../schemas/probe-event.ts';
import type { ProbeHistory } from '../../schemas/probe-history.ts';
import { showInterval } from '../shared/bench-values.ts';
import { formatInstant, formatUsd } from '../shared/format.ts';
import { interval, measured } from '../shared/measured-columns.ts';
import { makeTable, type ColumnOf, type Table } from '../shared/table.ts';
import { askedIn, type MetricLine, type MetricPoint, type ProbeDay, type ProbeNight } from './probe-views.ts';

const DAYS_SHOWN = 14;
const ROWS_SHOWN = 30;
/** Of an instant: `2026-03-01 08:00`. */
const MINUTES = 16;

/** Days with what came of them, newest first. */
export function daysTable(days: readonly ProbeDay[], name: string): Table {
  return makeTable<ProbeDay>({
    name: `${name}-days`,
    caption: 'Days, newest first',
    whenEmpty: 'No probe has left a row yet.',
    rows: days.toReversed(),
    rowsShown: DAYS_SHOWN,
    columns: [
      { name: 'day', title: 'Day', kind: 'word', value: ({ day }) => day },
      { name: 'kind', title: 'Kind', kind: 'word', value: ({ kind }) => kind },
      { name: 'outcome', title: 'Outcome', kind: 'state', value: ({ outcome }) => outcome },
      { name: 'runs', title: 'Runs', kind: 'number', value: ({ runs }) => runs },
    ],
  });
}

/** Rows of the audit file, newest first. */
export function eventsTable(events: readonly ProbeEvent[], name: string): Table {
  return makeTable<ProbeEvent>({
    name: `${name}-events`,
    caption: 'Events, newest first',
    whenEmpty: 'No probe has left a row yet.',
    rows: events.toReversed(),
    rowsShown: ROWS_SHOWN,
    columns: [
      { name: 'ended', title: 'Ended', kind: 'word', audience: 'people', value: ({ ts }) => formatInstant(ts).slice(0, MINUTES) },
      { name: 'ts', title: 'Ended', kind: 'name', audience: 'programs', value: ({ ts }) => ts },
      { name: 'scheduled_at', title: 'Due', kind: 'name', audience: 'programs', value: (event) => event.scheduled_at ?? null },
      { name: 'kind', title: 'Kind', kind: 'word', value: ({ kind }) => kind },
      { name: 'outcome', title: 'Outcome', kind: 'state', value: ({ outcome }) => outcome },
      { name: 'exit_code', title: 'Exit', kind: 'number', value: (event) => event.exit_code },
      { name: 'questions', title: 'Asked', kind: 'number', value: askedIn },
      { name: 'pass_count', title: 'Pass', kind: 'number', value: (event) => event.pass_count },
      { name: 'fail_count', title: 'Fail', kind: 'number', value: (event) => event.fail_count },
      { name: 'inconclusive_count', title: 'Unclear', kind: 'number', value: (event) => event.inconclusive_count },
      { name: 'error_count', title: 'Error', kind: 'number', value: (event) => event.error_count },
      {
        name: 'upstream_error_count',
        title: 'Upstream',
        kind: 'number',
        audience: 'programs',
        value: (event) => event.upstream_error_count,
      },
      { name: 'malformed_count', title: 'Malformed', kind: 'number', audience: 'programs', value: (event) => event.malformed_count },
      { name: 'cost', title: 'Cost', kind: 'value', audience: 'people', value: (event) => formatUsd(event.actual_cost_usd) },
      ...costs<ProbeEvent>((event) => ({ estimatedUsd: event.est_cost_usd, actualUsd: event.actual_cost_usd })),
      { name: 'fixture_sha8', title: 'Questions', kind: 'digest', audience: 'programs', value: (event) => event.fixture_sha8 ?? null },
      { name: 'run_uid', title: 'Run', kind: 'name', audience: 'programs', value: (event) => event.run_uid ?? null },
      { name: 'detail', title: 'Detail', kind: 'prose', value: (event) => event.detail ?? null },
    ],
  });
}

/** Nights with what they cost, newest first. */
export function nightsTable(nights: readonly ProbeNight[], capUsd: number, name: string): Table {
  return makeTable<ProbeNight>({
    name: `${name}-cost`,
    caption: 'Cost of nights, newest first',
    whenEmpty: 'No night has cost anything yet.',
    rows: nights.toReversed(),
    rowsShown: DAYS_SHOWN,
    columns: [
      { name: 'day', title: 'Night', kind: 'word', value: ({ day }) => day },
      { name: 'outcome', title: 'Outcome', kind: 'state', value: ({ outcome }) => outcome },
      { name: 'estimated', title: 'Estimated', kind: 'value', audience: 'people', value: (night) => formatUsd(night.estimatedUsd) },
      { name: 'settled', title: 'Settled', kind: 'value', audience: 'people', value: (night) => formatUsd(night.actualUsd) },
      ...costs<ProbeNight>((night) => night),
      { name: 'share_of_cap', title: 'Of the cap', kind: 'share', value: (night) => (capUsd === 0 ? null : night.actualUsd / capUsd) },
    ],
  });
}

/** Every metric of every night, newest first. */
export function metricsTable(lines: readonly MetricLine[], name: string): Table {
  type Row = MetricPoint & Omit<MetricLine, 'points'>;
  return makeTable<Row>({
    name: `${name}-metrics`,
    caption: 'Metrics, newest first',
    whenEmpty: 'No night has measured anything yet.',
    rows: lines.flatMap(({ points, ...of }) => points.toReversed().map((point) => ({ ...of, ...point }))),
    rowsShown: ROWS_SHOWN,
    columns: [
      { name: 'metric', title: 'Metric', kind: 'name', value: ({ metric }) => metric },
      { name: 'kind', title: 'Kind', kind: 'word', value: ({ kind }) => kind },
      { name: 'ended', title: 'Ended', kind: 'word', audience: 'people', value: ({ event }) => formatInstant(event.ts).slice(0, MINUTES) },
      { name: 'ts', title: 'Ended', kind: 'name', audience: 'programs', value: ({ event }) => event.ts },
      ...measured<Row>('value', 'Value', ({ value }) => value),
      ...interval<Row>('95 % interval', (row) => row.interval, showInterval),
      { name: 'starts_anew', title: 'Other questions', kind: 'word', audience: 'programs', value: (row) => row.startsAnew },
    ],
  });
}

export function noticesTable({ notices, corrupt_lines: corrupt }: ProbeHistory, name: string): Table {
  return makeTable<string>({
    name: `${name}-notices`,
    caption: 'Notices',
    whenEmpty: 'There is nothing else to know.',
    rows: [...notices, ...(corrupt === 0 ? [] : [`Lines of the audit files that could not be read and do not count: ${corrupt}.`])],
    columns: [{ name: 'notice', title: 'Notice', kind: 'prose', value: (row) => row }],
  });
}

function costs<Row>(read: (row: Row) => Pick<ProbeNight, 'estimatedUsd' | 'actualUsd'>): ColumnOf<Row>[] {
  return [
    { name: 'est_cost_usd', title: 'Estimated', kind: 'number', audience: 'programs', value: (row) => read(row).estimatedUsd },
    { name: 'actual_cost_usd', title: 'Settled', kind: 'number', audience: 'programs', value: (row) => read(row).actualUsd },
  ];
}
