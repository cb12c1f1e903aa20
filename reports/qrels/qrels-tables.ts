import type { MeasuredArm, MeasuredQuery, QrelsReport } from '../../schemas/qrels-report.ts';
import { LONGMEMEVAL_OUTCOMES, LONGMEMEVAL_OUTCOMES_TOLD } from '../../schemas/vocabulary.ts';
import { showDifference, showInterval } from '../shared/bench-values.ts';
import { makeTable, type ColumnOf, type Table } from '../shared/table.ts';
import { SHARES, spreadOf } from './spread.ts';

/** One side with every query of it. */
export interface QrelsSide {
  readonly arm: MeasuredArm;
  readonly queries: readonly MeasuredQuery[];
}

/** The tables of a report; their names begin with that of the page, because they lie beside it. */
export interface QrelsTables {
  readonly measures: Table;
  readonly spread: Table;
  readonly comparisons: Table;
  readonly floors: Table;
  readonly queries: Table;
  readonly outcomes: Table;
  readonly lists: Table;
}

export function qrelsTables(report: QrelsReport, sides: readonly QrelsSide[], name: string): QrelsTables {
  return {
    measures: measuresTable(sides, name),
    spread: spreadTable(sides, name),
    comparisons: comparisonsTable(report, name),
    floors: floorsTable(report, name),
    queries: queriesTable(sides, name),
    outcomes: outcomesTable(sides, name),
    lists: listsTable(report, name),
  };
}

function measuresTable(sides: readonly QrelsSide[], name: string): Table {
  const rows = sides.flatMap(({ arm }) =>
    Object.entries(arm.metrics).map(([measure, value]) => ({ arm: arm.name, measure, value, interval: arm.intervals[measure] ?? null })),
  );
  return makeTable<(typeof rows)[number]>({
    name: `${name}-measures`,
    caption: 'Measures',
    whenEmpty: 'Nothing was measured.',
    rows,
    columns: [
      { name: 'side', title: 'Side', kind: 'name', value: (row) => row.arm },
      { name: 'measure', title: 'Measure', kind: 'name', value: (row) => row.measure },
      { name: 'value', title: 'Value', kind: 'number', value: (row) => row.value },
      {
        name: 'ci95',
        title: '95 % interval',
        kind: 'word',
        value: ({ interval }) => showInterval(interval === null ? null : [interval.low, interval.high]),
      },
      { name: 'method', title: 'Method', kind: 'word', value: (row) => row.interval?.method ?? null },
      { name: 'n', title: 'Queries', kind: 'number', value: (row) => row.interval?.n ?? null },
      { name: 'note', title: 'Note', kind: 'prose', value: (row) => row.interval?.note ?? null },
    ],
  });
}

function spreadTable(sides: readonly QrelsSide[], name: string): Table {
  const rows = sides.flatMap(({ arm, queries }) => spreadOf(queries).map((spread) => ({ arm: arm.name, ...spread })));
  return makeTable<(typeof rows)[number]>({
    name: `${name}-spread`,
    caption: 'How the values of the queries are spread',
    whenEmpty: 'No measure lies between 0 and 1.',
    rows,
    columns: [
      { name: 'side', title: 'Side', kind: 'name', value: (row) => row.arm },
      { name: 'measure', title: 'Measure', kind: 'name', value: (row) => row.measure },
      ...SHARES.map(({ name: column, title }, at): ColumnOf<(typeof rows)[number]> => ({
        name: column,
        title,
        kind: 'number',
        value: (row) => row.counts[at] ?? 0,
      })),
    ],
  });
}

function comparisonsTable({ comparison }: QrelsReport, name: string): Table {
  const rows = comparison?.comparisons ?? [];
  return makeTable<(typeof rows)[number]>({
    name: `${name}-comparison`,
    caption: 'B minus A, query by query',
    whenEmpty: 'One side alone was measured.',
    rows,
    columns: [
      { name: 'metric', title: 'Measure', kind: 'name', value: (row) => row.metric },
      { name: 'reading', title: 'Reading', kind: 'prose', value: (row) => row.text.replace(/:.*/s, '') },
      { name: 'n', title: 'Queries', kind: 'number', value: (row) => row.n },
      { name: 'mean_a', title: 'A', kind: 'number', value: (row) => row.mean_a },
      { name: 'mean_b', title: 'B', kind: 'number', value: (row) => row.mean_b },
      { name: 'delta', title: 'Difference', kind: 'value', value: (row) => showDifference(row.delta) },
      { name: 'ci95', title: '95 % interval', kind: 'word', value: (row) => showInterval(row.ci95, showDifference) },
      { name: 'p_raw', title: 'p', kind: 'word', value: ({ p_raw }) => showP(p_raw) },
      { name: 'p_bonferroni', title: 'p Bonferroni', kind: 'word', value: (row) => showP(row.p_bonferroni) },
      { name: 'p_holm', title: 'p Holm', kind: 'word', value: (row) => showP(row.p_holm) },
      { name: 'test', title: 'Test', kind: 'word', value: (row) => row.test },
      { name: 'mde', title: 'MDE', kind: 'number', value: (row) => row.mde },
    ],
  });
}

function floorsTable({ floors }: QrelsReport, name: string): Table {
  return makeTable({
    name: `${name}-floors`,
    caption: 'Floors',
    whenEmpty: 'No floor was asked for.',
    rows: floors,
    columns: [
      { name: 'metric', title: 'Measure', kind: 'name', value: (row) => row.metric },
      { name: 'floor', title: 'Floor', kind: 'number', value: (row) => row.floor },
      { name: 'value', title: 'Value', kind: 'number', value: (row) => row.value },
      { name: 'is_met', title: 'Held', kind: 'word', labels: { true: 'held', false: 'missed' }, value: (row) => row.is_met },
    ],
  });
}

const QUERIES_SHOWN = 200;

function queriesTable(sides: readonly QrelsSide[], name: string): Table {
  const rows = sides.flatMap(({ arm, queries }) => queries.map((query) => ({ arm: arm.name, ...query })));
  const measures = [...new Set(sides.flatMap(({ arm }) => Object.keys(arm.metrics)))];
  return makeTable<(typeof rows)[number]>({
    name: `${name}-queries`,
    caption: 'Queries',
    whenEmpty: 'No query is judged.',
    rows,
    rowsShown: QUERIES_SHOWN,
    columns: [
      { name: 'side', title: 'Side', kind: 'name', value: (row) => row.arm },
      { name: 'query_id', title: 'Query', kind: 'name', value: (row) => row.query_id },
      { name: 'outcome', title: 'Outcome', kind: 'word', value: (row) => row.outcome },
      { name: 'is_counted', title: 'Counts', kind: 'word', labels: { true: 'yes', false: 'no' }, value: (row) => row.is_counted },
      ...measures.map((measure): ColumnOf<(typeof rows)[number]> => ({
        name: measure,
        title: measure,
        kind: 'number',
        value: ({ metrics }) => metrics[measure] ?? null,
      })),
      { name: 'retrieved', title: 'Found', kind: 'number', value: (row) => row.retrieved.length },
      { name: 'first', title: 'First', kind: 'name', value: (row) => row.retrieved[0]?.key ?? null },
      { name: 'degraded', title: 'Degraded', kind: 'word', value: (row) => row.degraded.join(', ') || null },
      { name: 'error', title: 'Error', kind: 'prose', value: (row) => row.error },
    ],
  });
}

function outcomesTable(sides: readonly QrelsSide[], name: string): Table {
  const rows = sides.flatMap(({ arm }) =>
    LONGMEMEVAL_OUTCOMES.map((outcome) => ({ arm: arm.name, outcome, count: arm.outcomes[outcome] })),
  );
  return makeTable<(typeof rows)[number]>({
    name: `${name}-outcomes`,
    caption: 'What became of the queries',
    whenEmpty: 'No query was asked.',
    rows,
    columns: [
      { name: 'side', title: 'Side', kind: 'name', value: (row) => row.arm },
      { name: 'outcome', title: 'Outcome', kind: 'word', value: (row) => row.outcome },
      { name: 'count', title: 'Queries', kind: 'number', value: (row) => row.count },
      { name: 'meaning', title: 'Meaning', kind: 'prose', value: (row) => LONGMEMEVAL_OUTCOMES_TOLD[row.outcome] },
    ],
  });
}

function listsTable(report: QrelsReport, name: string): Table {
  const rows = [
    ...report.queries_missing.map((id) => ({ id, why: 'without an answer' })),
    ...report.queries_zero_relevant.map((id) => ({ id, why: 'without a relevant document' })),
    ...report.queries_unjudged.map((id) => ({ id, why: 'without judgments' })),
  ];
  return makeTable<(typeof rows)[number]>({
    name: `${name}-lists`,
    caption: 'Queries that stand out',
    whenEmpty: 'Every query was answered and judged.',
    rows,
    rowsShown: QUERIES_SHOWN,
    columns: [
      { name: 'query_id', title: 'Query', kind: 'name', value: (row) => row.id },
      { name: 'why', title: 'Why', kind: 'word', value: (row) => row.why },
    ],
  });
}

function showP(p: number | null): string {
  return p === null ? 'n/a' : String(Number(p.toPrecision(6)));
}
