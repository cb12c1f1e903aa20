import type { BenchSummary, SummarizedModel } from '../../schemas/bench-summary.ts';
import { makeTable, type ColumnOf, type Table } from '../shared/table.ts';

/** The tables of a summary; their names begin with that of the page, because they lie beside it. */
export interface SummaryTables {
  readonly models: Table;
  readonly gates: Table;
  readonly modes: Table;
  readonly sources: Table;
  readonly errors: Table;
  readonly interruptions: Table;
  readonly warnings: Table;
}

export function summaryTables(summary: BenchSummary, name: string): SummaryTables {
  return {
    models: modelsTable(summary, name),
    gates: gatesTable(summary, name),
    modes: modesTable(summary, name),
    sources: sourcesTable(summary, name),
    errors: errorsTable(summary, name),
    interruptions: makeTable({
      name: `${name}-interruptions`,
      caption: 'Interruptions',
      whenEmpty: 'The run was not interrupted, or the file does not record it.',
      rows: summary.interruptions,
      columns: [
        { name: 'at', title: 'When', kind: 'word', value: (row) => row.at },
        { name: 'kind', title: 'What', kind: 'prose', value: (row) => row.kind },
      ],
    }),
    warnings: makeTable({
      name: `${name}-warnings`,
      caption: 'Warnings',
      whenEmpty: 'There is nothing else to know.',
      rows: summary.warnings,
      columns: [{ name: 'warning', title: 'Warning', kind: 'prose', value: (row) => row }],
    }),
  };
}

type OfModel = { readonly model: SummarizedModel };
const modelColumn: ColumnOf<OfModel> = { name: 'model', title: 'Model', kind: 'name', value: ({ model }) => model.model_id };

/** One row for each part of each model. */
function partsOf<Part extends object>({ models }: BenchSummary, read: (model: SummarizedModel) => readonly Part[]): (Part & OfModel)[] {
  return models.flatMap((model) => read(model).map((part) => ({ ...part, model })));
}

function modelsTable({ models }: BenchSummary, name: string): Table {
  return makeTable({
    name: `${name}-models`,
    caption: 'Models of the run',
    whenEmpty: 'No model was measured.',
    rows: models.map((model) => ({ model })),
    columns: [
      modelColumn,
      { name: 'verdict', title: 'Verdict', kind: 'word', value: ({ model }) => model.verdict },
      { name: 'bt29', title: 'BT-29', kind: 'prose', value: ({ model }) => model.bt29.text },
      { name: 'failed_gates', title: 'Failed gates', kind: 'prose', value: ({ model }) => model.failed_gates.join(', ') || null },
      { name: 'skipped_gates', title: 'Skipped gates', kind: 'prose', value: ({ model }) => model.skipped_gates.join(', ') || null },
      { name: 'notes', title: 'Notes', kind: 'prose', value: ({ model }) => model.notes.join(', ') || null },
      { name: 'judge_mean', title: 'Judge-mean', kind: 'number', value: ({ model }) => model.judge?.mean ?? null },
      { name: 'judge_scored', title: 'Judged', kind: 'number', value: ({ model }) => model.judge?.scored ?? null },
      { name: 'judge_missing', title: 'Not judged', kind: 'number', value: ({ model }) => model.judge?.missing ?? null },
      { name: 'budget_flips', title: 'Flips within the budget', kind: 'number', value: ({ model }) => model.budget_flips },
      { name: 'repeated_calls', title: 'Calls made twice', kind: 'number', value: ({ model }) => model.repeated_calls },
      { name: 'card', title: 'Card', kind: 'digest', value: ({ model }) => model.card_digest },
    ],
  });
}

function gatesTable(summary: BenchSummary, name: string): Table {
  return makeTable({
    name: `${name}-gates`,
    caption: 'Gates',
    whenEmpty: 'No gate was measured.',
    rows: partsOf(summary, ({ gates }) => gates),
    columns: [
      modelColumn,
      { name: 'gate', title: 'Gate', kind: 'word', value: (row) => row.gate },
      { name: 'value', title: 'Value', kind: 'number', value: (row) => row.value },
      { name: 'limit', title: 'Limit', kind: 'number', value: (row) => row.limit },
      { name: 'state', title: 'State', kind: 'state', value: (row) => row.state },
    ],
  });
}

function modesTable(summary: BenchSummary, name: string): Table {
  return makeTable({
    name: `${name}-retrieval`,
    caption: 'Retrieval by mode',
    whenEmpty: 'Retrieval was not measured.',
    rows: partsOf(summary, ({ modes }) => modes),
    columns: [
      modelColumn,
      { name: 'mode', title: 'Mode', kind: 'word', value: (row) => row.mode },
      { name: 'scored_count', title: 'Questions', kind: 'number', value: (row) => row.scored_count },
      { name: 'mrr', title: 'MRR', kind: 'number', value: (row) => row.mrr },
      { name: 'hit_at_1', title: 'Hit@1', kind: 'number', value: (row) => row.hit_at_1 },
      { name: 'hit_at_3', title: 'Hit@3', kind: 'number', value: (row) => row.hit_at_3 },
      { name: 'hit_at_5', title: 'Hit@5', kind: 'number', value: (row) => row.hit_at_5 },
      { name: 'hit_at_10', title: 'Hit@10', kind: 'number', value: (row) => row.hit_at_10 },
      { name: 'ndcg_at_10', title: 'nDCG@10', kind: 'number', value: (row) => row.ndcg_at_10 },
      { name: 'mde_mrr', title: 'MDE MRR', kind: 'number', value: (row) => row.mde.mrr },
      { name: 'mde_hit_at_1', title: 'MDE Hit@1', kind: 'number', value: (row) => row.mde.hit_at_1 },
    ],
  });
}

function sourcesTable(summary: BenchSummary, name: string): Table {
  return makeTable({
    name: `${name}-sources`,
    caption: 'Gates and retrieval by source',
    whenEmpty: 'The file does not tell sources apart.',
    rows: partsOf(summary, ({ per_source }) => per_source),
    columns: [
      modelColumn,
      { name: 'source', title: 'Source', kind: 'name', value: (row) => row.source },
      { name: 'n', title: 'Events', kind: 'number', value: (row) => row.n },
      { name: 'small', title: 'Small', kind: 'word', labels: { true: 'small', false: 'no' }, value: (row) => row.small },
      { name: 'schema_validity_rate', title: 'Valid', kind: 'number', value: (row) => row.schema_validity_rate },
      { name: 'refusal_rate', title: 'Refused', kind: 'number', value: (row) => row.refusal_rate },
      { name: 'latency_p95_ms', title: 'p95', kind: 'duration', value: (row) => row.latency_p95_ms },
      { name: 'mode', title: 'Mode', kind: 'word', value: (row) => row.mode },
      { name: 'scored_count', title: 'Questions', kind: 'number', value: (row) => row.scored_count },
      { name: 'mrr', title: 'MRR', kind: 'number', value: (row) => row.mrr },
      { name: 'hit_at_1', title: 'Hit@1', kind: 'number', value: (row) => row.hit_at_1 },
    ],
  });
}

function errorsTable(summary: BenchSummary, name: string): Table {
  return makeTable({
    name: `${name}-errors`,
    caption: 'Failed calls and errors',
    whenEmpty: 'No call failed, and nothing went wrong.',
    rows: partsOf(summary, ({ call_errors, errors }) => [
      ...call_errors.map(({ kind, count }) => ({ what: `calls: ${kind}`, count })),
      ...errors.map((error) => ({ what: error, count: 1 })),
    ]),
    columns: [
      modelColumn,
      { name: 'what', title: 'What', kind: 'prose', value: (row) => row.what },
      { name: 'count', title: 'How often', kind: 'number', value: (row) => row.count },
    ],
  });
}
