import type { LongMemEvalReport, RecallAtDepth, RecallBlock, Share } from '../../schemas/longmemeval-report.ts';
import { DEGRADATIONS_TOLD, LONGMEMEVAL_OUTCOMES_TOLD, type Degradation, type LongMemEvalOutcome } from '../../schemas/vocabulary.ts';
import { showInterval, showValue } from '../shared/bench-values.ts';
import { formatShare } from '../shared/format.ts';
import { makeTable, type ColumnOf, type Table } from '../shared/table.ts';

/** The tables of a report; their names begin with that of the page, because they lie beside it. */
export interface LongMemEvalTables {
  readonly recall: Table;
  readonly types: Table;
  readonly abstention: Table;
  readonly answers: Table;
  readonly outcomes: Table;
  readonly degraded: Table;
  readonly notices: Table;
}

export function longMemEvalTables(
  { recall, outcomes, degraded, notices, qa_accuracy: qa }: LongMemEvalReport,
  name: string,
): LongMemEvalTables {
  return {
    recall: recallTable(`${name}-recall`, 'Recall of all kinds of questions', [recall.all_types]),
    types: recallTable(`${name}-types`, 'Recall by kind of question', recall.by_type),
    abstention: recallTable(
      `${name}-abstention`,
      'Recall of questions that cannot be answered',
      recall.abstention === null ? [] : [recall.abstention],
    ),
    answers: makeTable<{ readonly type: string; readonly accuracy: Share }>({
      name: `${name}-answers`,
      caption: 'Answers that the judge found right',
      whenEmpty: 'No answer was judged.',
      rows: qa === null ? [] : [{ type: 'all', accuracy: qa.all_types }, ...qa.by_type],
      columns: [
        { name: 'type', title: 'Questions', kind: 'name', value: (row) => row.type },
        ...shareColumns<{ readonly accuracy: Share }>('right', 'Right', ({ accuracy }) => accuracy),
      ],
    }),
    outcomes: makeTable({
      name: `${name}-outcomes`,
      caption: 'What became of the questions',
      whenEmpty: 'No question was done.',
      rows: Object.entries(outcomes),
      columns: [
        { name: 'outcome', title: 'Outcome', kind: 'word', value: ([outcome]) => outcome },
        { name: 'questions', title: 'Questions', kind: 'number', value: ([, count]) => count },
        {
          name: 'meaning',
          title: 'Meaning',
          kind: 'prose',
          value: ([outcome]) => LONGMEMEVAL_OUTCOMES_TOLD[outcome as LongMemEvalOutcome],
        },
      ],
    }),
    degraded: makeTable({
      name: `${name}-degraded`,
      caption: 'Stages that did not run',
      whenEmpty: 'Every stage that was asked for ran.',
      rows: Object.entries(degraded),
      columns: [
        { name: 'what', title: 'What', kind: 'prose', value: ([what]) => DEGRADATIONS_TOLD[what as Degradation] },
        { name: 'questions', title: 'Questions', kind: 'number', value: ([, count]) => count },
      ],
    }),
    notices: makeTable({
      name: `${name}-notices`,
      caption: 'Notices',
      whenEmpty: 'There is nothing else to know.',
      rows: notices,
      columns: [{ name: 'notice', title: 'Notice', kind: 'prose', value: (row) => row }],
    }),
  };
}

interface RecallRow extends RecallAtDepth {
  readonly type: string;
  readonly errors: number;
}

function recallTable(name: string, caption: string, blocks: readonly RecallBlock[]): Table {
  return makeTable<RecallRow>({
    name,
    caption,
    whenEmpty: 'No question of this kind counts.',
    rows: blocks.flatMap(({ type, errors, at }) => at.map((depth) => ({ type, errors, ...depth }))),
    columns: [
      { name: 'type', title: 'Questions', kind: 'name', value: (row) => row.type },
      { name: 'k', title: 'k', kind: 'number', value: (row) => row.k },
      ...shareColumns<RecallRow>('recall_all', 'All gold', (row) => row.all),
      ...shareColumns<RecallRow>('recall_any', 'Any gold', (row) => row.any),
      { name: 'fraction_sum', title: 'Sum of fractions', kind: 'value', audience: 'programs', value: (row) => showValue(row.fraction.sum) },
      { name: 'mean_fraction', title: 'Mean fraction', kind: 'value', value: (row) => showValue(row.fraction.mean) },
      { name: 'errors', title: 'Errors', kind: 'number', value: (row) => row.errors },
    ],
  });
}

/** A share as `93.5% (43/46)` with its interval for people, and in its parts for programs. */
function shareColumns<Row>(name: string, title: string, of: (row: Row) => Share): ColumnOf<Row>[] {
  return [
    { name, title, kind: 'value', audience: 'people', value: (row) => tellShare(of(row)) },
    { name: `${name}_hit`, title, kind: 'number', audience: 'programs', value: (row) => of(row).hit },
    { name: `${name}_total`, title: 'of', kind: 'number', audience: 'programs', value: (row) => of(row).total },
    { name: `${name}_rate`, title: 'Rate', kind: 'share', audience: 'programs', value: (row) => of(row).rate },
    {
      name: `${name}_interval`,
      title: '95 % interval',
      kind: 'word',
      audience: 'people',
      value: (row) => showInterval(of(row).ci95, showRate),
    },
    { name: `${name}_ci95`, title: '95 % interval', kind: 'word', audience: 'programs', value: (row) => showInterval(of(row).ci95) },
  ];
}

function tellShare({ hit, total, rate }: Share): string {
  return `${showRate(rate)} (${hit}/${total})`;
}

function showRate(rate: number | null): string {
  return rate === null ? 'n/a' : formatShare(rate);
}
