import type { PanelBatch } from '../../schemas/panel-batch.ts';
import type { PanelReceipt } from '../../schemas/panel-receipt.ts';
import { makeTable, type Table } from '../shared/table.ts';
import { meanScore, type JudgeView, type PanelView } from './panel-view.ts';

const ROWS_SHOWN = 60;

export function dimensionsTable(view: PanelView, name: string): Table {
  const own = new Map(Object.entries(view.receipt?.aggregate.dimensions ?? {}));
  return makeTable<string>({
    name: `${name}-dimensions`,
    caption: 'Scores by dimension and judge',
    whenEmpty: 'Nothing was scored.',
    rows: view.dimensions,
    columns: [
      { name: 'dimension', title: 'Dimension', kind: 'name', value: (dimension) => dimension },
      ...view.judges.map(({ id }) => ({
        name: `score_${id}`,
        title: `Judge ${id}`,
        kind: 'number' as const,
        value: (dimension: string) => meanScore(view, id, dimension),
      })),
      ...(view.receipt === null
        ? []
        : [
            { name: 'mean', title: 'Mean', kind: 'number' as const, value: (dimension: string) => own.get(dimension)?.mean ?? null },
            { name: 'min', title: 'Least', kind: 'number' as const, value: (dimension: string) => own.get(dimension)?.min ?? null },
          ]),
      {
        name: 'failed',
        title: 'Fails',
        kind: 'number',
        value: (dimension) =>
          view.aggregates.filter(({ dimensions }) => new Map(Object.entries(dimensions)).get(dimension)?.failReason !== undefined).length,
      },
    ],
  });
}

export function judgesTable({ judges }: PanelView, name: string): Table {
  return makeTable<JudgeView>({
    name: `${name}-judges`,
    caption: 'Judges',
    whenEmpty: 'There is no judge.',
    rows: judges,
    columns: [
      { name: 'id', title: 'Judge', kind: 'word', value: ({ id }) => id },
      { name: 'model', title: 'Model', kind: 'name', value: ({ model }) => model },
      { name: 'answered', title: 'Answered', kind: 'number', value: ({ answered }) => answered },
      { name: 'failed', title: 'Failed', kind: 'number', value: ({ failed }) => failed },
      { name: 'leniency', title: 'Leniency', kind: 'number', value: ({ leniency }) => leniency },
      { name: 'mean_error', title: 'Mean error', kind: 'number', value: ({ calibration }) => calibration?.overall.mean_error ?? null },
      { name: 'false_pass', title: 'False passes', kind: 'number', value: ({ calibration }) => calibration?.confusion.false_pass ?? null },
      { name: 'false_fail', title: 'False fails', kind: 'number', value: ({ calibration }) => calibration?.confusion.false_fail ?? null },
      {
        name: 'injected_passed',
        title: 'Injections obeyed',
        kind: 'number',
        value: ({ calibration }) => calibration?.injected.passed ?? null,
      },
    ],
  });
}

export function agreementTable({ agreement }: PanelView, name: string): Table {
  type Row = { readonly what: string; readonly value: number | null; readonly rows: number };
  const rows: Row[] =
    agreement === null
      ? []
      : [
          { what: 'percent agreement', value: agreement.percent, rows: agreement.rows },
          { what: "Krippendorff's alpha", value: agreement.alpha, rows: agreement.rows },
          ...agreement.kappa.map(({ judges, kappa, rows: of }) => ({
            what: `Cohen's kappa, ${judges[0]} and ${judges[1]}`,
            value: kappa,
            rows: of,
          })),
        ];
  return makeTable<Row>({
    name: `${name}-agreement`,
    caption: 'Agreement',
    whenEmpty: 'Fewer than two judges scored the same.',
    rows,
    columns: [
      { name: 'measure', title: 'Measure', kind: 'name', value: ({ what }) => what },
      { name: 'value', title: 'Value', kind: 'number', value: ({ value }) => value },
      { name: 'rows', title: 'Rows', kind: 'number', value: ({ rows: of }) => of },
    ],
  });
}

export function questionsTable({ per_question }: PanelBatch, name: string): Table {
  return makeTable<PanelBatch['per_question'][number]>({
    name: `${name}-questions`,
    caption: 'Questions',
    whenEmpty: 'No question was judged.',
    rows: per_question,
    rowsShown: ROWS_SHOWN,
    columns: [
      { name: 'question_id', title: 'Question', kind: 'name', value: (row) => row.question_id },
      { name: 'verdict', title: 'Verdict', kind: 'state', value: (row) => (row.budget_skipped === true ? 'budget_skipped' : row.verdict) },
      { name: 'overall', title: 'Overall', kind: 'number', value: (row) => row.final_aggregate?.overall ?? null },
      { name: 'adjusted_verdict', title: 'Adjusted', kind: 'state', value: (row) => row.adjusted_verdict ?? null },
      { name: 'why', title: 'Why', kind: 'prose', value: (row) => row.error ?? row.final_aggregate?.verdictMessage ?? null },
    ],
  });
}

export function failuresTable({ receipts, batch }: PanelView, name: string): Table {
  type Row = { readonly where: string; readonly who: string; readonly error: string };
  const replies = receipts.flatMap(({ slug, slots }) =>
    slots.flatMap(({ id, model, ok, error }): Row[] =>
      ok ? [] : [{ where: slug, who: `${id}: ${model}`, error: error ?? 'no reason is told' }],
    ),
  );
  const rows = (batch?.per_question ?? []).flatMap(({ question_id, error }): Row[] =>
    error === undefined ? [] : [{ where: question_id, who: 'the row', error }],
  );
  return makeTable<Row>({
    name: `${name}-failures`,
    caption: 'Failures',
    whenEmpty: 'Every judge answered, and everything could be judged.',
    rows: [...replies, ...rows],
    rowsShown: ROWS_SHOWN,
    columns: [
      { name: 'where', title: 'On', kind: 'name', value: ({ where }) => where },
      { name: 'who', title: 'Who', kind: 'name', value: ({ who }) => who },
      { name: 'error', title: 'Reason', kind: 'prose', value: ({ error }) => error },
    ],
  });
}

export function improvementsTable({ aggregates }: PanelView, name: string): Table {
  return makeTable<string>({
    name: `${name}-improvements`,
    caption: 'Improvements',
    whenEmpty: 'The judges would change nothing.',
    rows: [...new Set(aggregates.flatMap(({ topImprovements }) => topImprovements))],
    rowsShown: ROWS_SHOWN,
    columns: [{ name: 'improvement', title: 'Improvement', kind: 'prose', value: (row) => row }],
  });
}

export function costTable(panel: PanelReceipt | PanelBatch, name: string): Table {
  const known = 'per_question' in panel ? (panel as PanelBatch) : null;
  const settled = known === null ? (panel as PanelReceipt).cost_usd : known.actual_cost_usd;
  return makeTable<readonly [string, number | null]>({
    name: `${name}-cost`,
    caption: 'Cost',
    whenEmpty: 'Nothing is recorded.',
    rows: [
      ['estimated, US dollars', known?.est_cost_usd ?? null],
      ['settled, US dollars', settled ?? null],
      ['input tokens', panel.usage?.input_tokens ?? null],
      ['output tokens', panel.usage?.output_tokens ?? null],
    ],
    columns: [
      { name: 'item', title: 'Item', kind: 'word', value: ([item]) => item },
      { name: 'value', title: 'Value', kind: 'number', value: ([, value]) => value },
    ],
  });
}
