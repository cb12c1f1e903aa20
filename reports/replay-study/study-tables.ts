import type { PairedComparison } from '../../schemas/paired-comparison.ts';
import type { MeanOfTasks, ReplayStudy, StudiedShare, StudiedTask } from '../../schemas/replay-study.ts';
import { formatNumber, formatUsd } from '../shared/format.ts';
import { measured } from '../shared/measured-columns.ts';
import { DIFFERENCE_COLUMNS } from '../shared/paired-differences.ts';
import { shareColumns, type MeasuredShare } from '../shared/share-columns.ts';
import { makeTable, type ColumnOf, type Table } from '../shared/table.ts';

const ROWS_SHOWN = 120;

/** A row for each share of the corpus, the smallest first. */
export function sharesTable({ shares }: ReplayStudy, name: string): Table {
  return makeTable<StudiedShare>({
    name: `${name}-shares`,
    caption: 'Shares of the corpus, with 95 % intervals',
    whenEmpty: 'There is no share.',
    rows: shares,
    columns: [
      { name: 'rows', title: 'Playbooks', kind: 'number', value: ({ rows }) => rows },
      { name: 'share', title: 'Share', kind: 'share', value: ({ share }) => share },
      ...shareColumns<StudiedShare>('gate_pass', 'Gate passed', (of) => of.gate_pass),
      ...shareColumns<StudiedShare>('escalation', 'Escalated', (of) => of.escalation),
      ...meanColumns('exact_agreement', 'Same answer', (of) => of.exact_agreement),
      ...meanColumns('token_agreement', 'Words in common', (of) => of.token_agreement),
      ...shareColumns<StudiedShare>('verdict_agreement', 'Same verdict', (of) => of.verdict_agreement),
      ...shareColumns<StudiedShare>('passes_by_majority', 'Tasks that mostly pass', (of) => of.passes_by_majority),
      ...shareColumns<StudiedShare>('wholly_grounded', 'Wholly grounded', (of) => of.wholly_grounded),
      ...shareColumns<StudiedShare>('tasks_escalated', 'Tasks escalated', (of) => of.tasks_escalated),
      ...measured<StudiedShare>(
        'distinct_answers',
        'Different answers to a task',
        (of) => of.distinct_answers.mean,
        (mean) => (mean === null ? '–' : formatNumber(Number(mean.toFixed(2)))),
      ),
      { name: 'trimmed', title: 'Trimmed', kind: 'number', audience: 'programs', value: ({ trimmed }) => trimmed },
      { name: 'degraded', title: 'Degraded', kind: 'number', audience: 'programs', value: ({ degraded }) => degraded },
      { name: 'answers', title: 'Answers', kind: 'number', value: ({ answers }) => answers },
      { name: 'tasks_answered', title: 'Tasks answered each time', kind: 'number', value: ({ tasks_answered }) => tasks_answered },
      { name: 'unanswered', title: 'Unanswered', kind: 'number', value: ({ unanswered }) => unanswered },
      { name: 'skipped_budget', title: 'Skipped', kind: 'number', value: ({ skipped_budget }) => skipped_budget },
      ...measured<StudiedShare>(
        'cost_usd',
        'Cost',
        (of) => of.cost_usd,
        (usd) => (usd === null ? '–' : formatUsd(usd)),
      ),
      { name: 'sha256', title: 'sha256', kind: 'digest', value: ({ sha256 }) => sha256 },
    ],
  });
}

/** The largest share minus the smallest. */
export function convergenceTable({ convergence }: ReplayStudy, name: string): Table {
  const { passes_by_majority, escalation, exact_agreement, token_agreement } = convergence ?? {};
  return makeTable<PairedComparison>({
    name: `${name}-convergence`,
    caption: 'The largest share minus the smallest',
    whenEmpty: 'There is but one share, so nothing was compared.',
    rows: [passes_by_majority, escalation, exact_agreement, token_agreement].flatMap((row) => row ?? []),
    columns: DIFFERENCE_COLUMNS,
  });
}

/** Every task at every share, task by task. */
export function tasksTable({ shares }: ReplayStudy, name: string): Table {
  type Row = { readonly task: StudiedTask; readonly of: StudiedShare };
  const rows = (shares[0]?.tasks ?? []).flatMap(({ id }) =>
    shares.flatMap((of): Row[] => of.tasks.filter((task) => task.id === id).map((task) => ({ task, of }))),
  );
  return makeTable<Row>({
    name: `${name}-tasks`,
    caption: 'Tasks at each share',
    whenEmpty: 'There is no task.',
    rows,
    rowsShown: ROWS_SHOWN,
    columns: [
      { name: 'id', title: 'Task', kind: 'name', value: ({ task }) => task.id },
      { name: 'rows', title: 'Playbooks', kind: 'number', value: ({ of }) => of.rows },
      { name: 'answers', title: 'Answers', kind: 'number', value: ({ task }) => task.answers },
      { name: 'passed', title: 'Passed', kind: 'number', value: ({ task }) => task.passed },
      { name: 'wholly_grounded', title: 'Grounded', kind: 'number', value: ({ task }) => task.wholly_grounded },
      { name: 'escalated', title: 'Escalated', kind: 'number', value: ({ task }) => task.escalated },
      { name: 'distinct_answers', title: 'Different answers', kind: 'number', value: ({ task }) => task.distinct_answers },
      { name: 'distinct_bundles', title: 'Bundles', kind: 'number', value: ({ task }) => task.distinct_bundles },
      { name: 'exact_agreement', title: 'Same answer', kind: 'share', value: ({ task }) => task.exact_agreement },
      { name: 'token_agreement', title: 'Words in common', kind: 'share', value: ({ task }) => task.token_agreement },
      { name: 'same_verdict', title: 'Same verdict', kind: 'word', labels: YES_NO, value: ({ task }) => task.same_verdict },
      { name: 'passes_by_majority', title: 'Mostly passes', kind: 'word', labels: YES_NO, value: ({ task }) => task.passes_by_majority },
      { name: 'share', title: 'Share', kind: 'number', audience: 'programs', value: ({ of }) => of.share },
      {
        name: 'replay_ids',
        title: 'Replays',
        kind: 'name',
        audience: 'programs',
        value: ({ task }) => task.replay_ids.map((id) => id ?? '-').join(' '),
      },
    ],
  });
}

const YES_NO = { true: 'yes', false: 'no' };

function meanColumns(name: string, title: string, read: (of: StudiedShare) => MeanOfTasks): ColumnOf<StudiedShare>[] {
  return shareColumns<StudiedShare>(name, title, (of): MeasuredShare => ({ rate: read(of).mean, ci95: read(of).ci95 }));
}
