import type { DeterminismModel, DeterminismReport, MetricSpread } from '../../schemas/determinism-report.ts';
import { DETERMINISM_CAUSES, DETERMINISM_REASONS } from '../../schemas/vocabulary.ts';
import { makeTable, type ColumnOf, type Table } from '../shared/table.ts';
import { showField, showId, showRange, showRanks } from './words.ts';

/** The tables of a determinism report; their names begin with that of the page, because they lie beside it. */
export interface DeterminismTables {
  readonly models: Table;
  readonly reasons: Table;
  readonly flips: Table;
  readonly reported: Table;
  readonly causes: Table;
  readonly runs: Table;
  readonly differences: Table;
  readonly warnings: Table;
}

export function determinismTables(report: DeterminismReport, name: string): DeterminismTables {
  return {
    models: modelsTable(report, name),
    reasons: reasonsTable(report, name),
    flips: flipsTable(report, name),
    reported: reportedTable(report, name),
    causes: causesTable(report, name),
    runs: runsTable(report, name),
    differences: differencesTable(report, name),
    warnings: warningsTable(report, name),
  };
}

const modelColumn: ColumnOf<{ readonly model_id: string }> = {
  name: 'model',
  title: 'Model',
  kind: 'name',
  value: ({ model_id }) => showId(model_id),
};

function modelsTable({ models }: DeterminismReport, name: string): Table {
  const spread = (of: 'mrr' | 'hit_at_1' | 'judge_mean', title: string): ColumnOf<DeterminismModel>[] => [
    { name: `${of}_range`, title: `${title} range`, kind: 'word', value: (row) => showRange(row[of]) },
    { name: `${of}_delta`, title: `${title} delta`, kind: 'number', value: (row) => row[of].delta },
  ];
  return makeTable<DeterminismModel>({
    name: `${name}-models`,
    caption: 'Compared models',
    whenEmpty: 'No model stands in two runs, so nothing was compared.',
    rows: models,
    columns: [
      modelColumn,
      { name: 'verdict', title: 'Verdict', kind: 'state', value: (row) => row.verdict },
      { name: 'n_runs', title: 'Runs', kind: 'number', value: (row) => row.n_runs },
      ...spread('mrr', 'MRR'),
      ...spread('hit_at_1', 'Hit@1'),
      ...spread('judge_mean', 'Judge-mean'),
      { name: 'scored_count', title: 'Items', kind: 'number', value: (row) => row.scored_count },
      { name: 'mde_mrr', title: 'MDE MRR', kind: 'number', value: (row) => row.mde.mrr },
      { name: 'mde_hit_at_1', title: 'MDE Hit@1', kind: 'number', value: (row) => row.mde.hit_at_1 },
      { name: 'degenerate', title: 'Degenerate', kind: 'word', labels: { true: 'yes', false: 'no' }, value: (row) => row.degenerate },
    ],
  });
}

function reasonsTable({ models }: DeterminismReport, name: string): Table {
  return makeTable({
    name: `${name}-reasons`,
    caption: 'Reasons, the first of each model deciding its verdict',
    whenEmpty: 'Nothing speaks against a compared model.',
    rows: models.flatMap(({ model_id, reasons }) => reasons.map((reason) => ({ model_id, ...reason }))),
    columns: [
      modelColumn,
      { name: 'code', title: 'Reason', kind: 'word', labels: DETERMINISM_REASONS, value: (row) => row.code },
      { name: 'detail', title: 'Detail', kind: 'prose', value: (row) => row.detail },
    ],
  });
}

const FLIPS_SHOWN = 20;

function flipsTable({ models }: DeterminismReport, name: string): Table {
  return makeTable({
    name: `${name}-flips`,
    caption: 'Items whose rank is not the same in every run, widest first',
    whenEmpty: 'No item changed its rank, or the files hold no items.',
    rows: models.flatMap(({ model_id, flips }) => flips.items.map((item) => ({ model_id, ...item }))),
    rowsShown: FLIPS_SHOWN,
    columns: [
      modelColumn,
      { name: 'qa_id', title: 'Question', kind: 'name', value: (row) => row.qa_id },
      { name: 'source', title: 'Source', kind: 'word', value: (row) => row.source },
      { name: 'ranks', title: 'Rank in each run', kind: 'word', value: (row) => showRanks(row.ranks) },
      { name: 'is_flip', title: 'Hit@1 flips', kind: 'word', labels: { true: 'yes', false: 'no' }, value: (row) => row.is_flip },
    ],
  });
}

/** What is reported and never gated: further metrics, and the gated ones of each source. */
function reportedTable({ models }: DeterminismReport, name: string): Table {
  const rows = models.flatMap((model) => [
    ...(['ndcg_at_10', 'hit_at_3', 'hit_at_5', 'hit_at_10'] as const).map((metric) =>
      tell(model, 'all', metric, model[metric], model.scored_count),
    ),
    ...model.per_source.flatMap(({ source, n, mrr, hit_at_1 }) => [
      tell(model, source, 'mrr', mrr, n),
      tell(model, source, 'hit_at_1', hit_at_1, n),
    ]),
  ]);
  return makeTable({
    name: `${name}-reported`,
    caption: 'Reported beside, never gated',
    whenEmpty: 'Nothing else was measured.',
    rows: rows.filter(({ spread }) => spread.delta !== null),
    columns: [
      modelColumn,
      { name: 'source', title: 'Source', kind: 'name', value: (row) => row.source },
      { name: 'metric', title: 'Metric', kind: 'word', value: (row) => row.metric },
      { name: 'range', title: 'Range', kind: 'word', value: (row) => showRange(row.spread) },
      { name: 'delta', title: 'Delta', kind: 'number', value: (row) => row.spread.delta },
      { name: 'n', title: 'Items', kind: 'number', value: (row) => row.n },
      { name: 'size', title: 'Size', kind: 'word', value: (row) => (row.n !== null && row.n < SMALL ? 'small' : '') },
    ],
  });
}

const SMALL = 10;

function tell({ model_id }: DeterminismModel, source: string, metric: string, spread: MetricSpread, n: number | null) {
  return { model_id, source, metric, spread, n };
}

function causesTable({ models }: DeterminismReport, name: string): Table {
  return makeTable({
    name: `${name}-causes`,
    caption: 'What may have made a model fail, in the order in which it is looked at',
    whenEmpty: 'No compared model failed.',
    rows: models.flatMap(({ model_id, causes }) => causes.map((cause) => ({ model_id, ...cause }))),
    columns: [
      modelColumn,
      { name: 'cause', title: 'Cause', kind: 'prose', labels: DETERMINISM_CAUSES, value: (row) => row.cause },
      { name: 'state', title: 'State', kind: 'word', value: (row) => row.state },
      { name: 'evidence', title: 'Recorded', kind: 'prose', value: (row) => row.evidence.map(showField).join('; ') },
    ],
  });
}

function runsTable({ runs }: DeterminismReport, name: string): Table {
  return makeTable({
    name: `${name}-runs`,
    caption: 'Runs, in the order in which they were given',
    whenEmpty: 'No run was given.',
    rows: runs,
    columns: [
      { name: 'run_id', title: 'Run', kind: 'name', value: (row) => row.run_id },
      { name: 'path', title: 'File', kind: 'path', value: (row) => row.path },
      { name: 'sha256', title: 'sha256', kind: 'digest', value: (row) => row.sha256 },
    ],
  });
}

function differencesTable({ comparability }: DeterminismReport, name: string): Table {
  return makeTable({
    name: `${name}-differences`,
    caption: 'What the runs do not have in common',
    whenEmpty: 'As far as it is recorded, the runs measured the same thing.',
    rows: comparability.differences.flatMap(({ field, values }) => values.map((value) => ({ field, ...value }))),
    columns: [
      { name: 'field', title: 'Field', kind: 'name', value: (row) => row.field },
      { name: 'value', title: 'Recorded', kind: 'prose', value: (row) => row.value },
      { name: 'runs', title: 'In', kind: 'prose', value: (row) => row.run_ids.join(', ') },
    ],
  });
}

function warningsTable({ models, warnings }: DeterminismReport, name: string): Table {
  const rows = [
    ...warnings.map((warning) => ({ on: 'all', warning })),
    ...models.flatMap(({ model_id, warnings: of }) => of.map((warning) => ({ on: showId(model_id), warning }))),
  ];
  return makeTable({
    name: `${name}-warnings`,
    caption: 'Warnings',
    whenEmpty: 'There is nothing else to know.',
    rows,
    columns: [
      { name: 'on', title: 'On', kind: 'name', value: (row) => row.on },
      { name: 'warning', title: 'Warning', kind: 'prose', value: (row) => row.warning },
    ],
  });
}
