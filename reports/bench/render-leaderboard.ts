import type { BenchLeaderboard, LeaderboardRow } from '../../schemas/bench-leaderboard.ts';
import { showInterval, showValue } from '../shared/bench-values.ts';
import { drawIntervalPlot, type IntervalRow } from '../shared/charts/interval-plot.ts';
import type { Figure } from '../shared/figure.ts';
import { formatAmount } from '../shared/format.ts';
import { renderReport } from '../shared/sectioned-report.ts';
import { makeTable, type ColumnOf, type Table } from '../shared/table.ts';
import type { Verdict } from '../shared/verdict.ts';

const NAME = 'bench-leaderboard';

/** A leaderboard as files. The same leaderboard gives the same bytes. */
export function renderLeaderboard(board: BenchLeaderboard): { readonly name: string; readonly text: string }[] {
  const { mode, comparability_key, corpus_version, left_out } = board;
  return renderReport({
    name: NAME,
    kind: 'Leaderboard',
    subject: comparability_key ?? 'no key',
    facts: [
      `Mode ${mode}`,
      `Corpus ${corpus_version ?? 'not recorded'}`,
      formatAmount(board.runs, 'run'),
      `Left out: ${left_out.other_key} under another key, ${left_out.no_key} without a key, ${left_out.incomplete} without an end`,
    ],
    verdict: judgeBoard(board),
    sections: [
      {
        id: 'models',
        title: 'Models',
        lead: 'Each model over all its finished runs of this key; a question counts once, with its mean over the runs. Intervals that overlap rank nothing.',
        figure: boardFigure(board),
        table: modelsTable(board),
      },
      {
        id: 'keys',
        title: 'Other keys',
        lead: 'Runs of other corpora, questions, prompts or tuning are never mixed in.',
        table: makeTable({
          name: `${NAME}-keys`,
          caption: 'Other comparability keys, newest first',
          whenEmpty: 'Every stored run has this key.',
          rows: board.other_keys,
          columns: [
            { name: 'comparability_key', title: 'Key', kind: 'digest', value: (row) => row.comparability_key },
            { name: 'runs', title: 'Runs', kind: 'number', value: (row) => row.runs },
          ],
        }),
      },
    ],
    document: board,
  });
}

function judgeBoard({ rows }: BenchLeaderboard): Verdict {
  const [first, second] = rows;
  const isApart = first !== undefined && second !== undefined && (first.mrr.ci95?.[0] ?? 0) > (second.mrr.ci95?.[1] ?? 1);
  const isTrusted = rows.length > 0 && rows.every(({ bt29 }) => bt29.state === 'passed');
  return {
    tone: isApart && isTrusted ? 'accepted' : 'review',
    word: rows.length === 0 ? 'Empty' : isApart ? 'One leads' : 'No clear lead',
    sentence: leadOf(rows, isApart),
    reasons: rows.map(({ model_id, bt29 }) => ({ sentence: `${model_id}:`, detail: bt29.text })),
    figures: rows
      .slice(0, 3)
      .map(({ model_id, mrr }) => ({ label: model_id, value: showValue(mrr.mean), note: `MRR, ${showInterval(mrr.ci95)}` })),
    nextSteps: [],
  };
}

function leadOf([first, second]: readonly LeaderboardRow[], isApart: boolean): string {
  if (first === undefined) return 'No finished run with questions is stored.';
  if (second === undefined) return `${first.model_id} is the only model.`;
  if (isApart) return `The whole interval of ${first.model_id} lies above that of ${second.model_id}.`;
  return `The intervals of ${first.model_id} and ${second.model_id} overlap; lauter bench compare pairs them question by question and sees more.`;
}

function modelsTable({ rows }: BenchLeaderboard): Table {
  const estimate = (field: 'mrr' | 'hit_at_1' | 'hit_at_10' | 'ndcg_at_10', title: string): ColumnOf<LeaderboardRow>[] => [
    { name: field, title, kind: 'number', value: (row) => row[field].mean },
    { name: `${field}_ci95`, title: `${title} 95 %`, kind: 'word', value: (row) => showInterval(row[field].ci95) },
  ];
  return makeTable<LeaderboardRow>({
    name: `${NAME}-models`,
    caption: 'Models, best MRR first',
    whenEmpty: 'No finished run with questions is stored.',
    rows,
    columns: [
      { name: 'model', title: 'Model', kind: 'name', value: (row) => row.model_id },
      { name: 'bt29', title: 'BT-29', kind: 'prose', value: (row) => row.bt29.text },
      { name: 'runs', title: 'Runs', kind: 'number', value: (row) => row.run_ids.length },
      {
        name: 'verdicts',
        title: 'Verdicts',
        kind: 'prose',
        value: ({ verdicts }) => tellVerdicts(verdicts),
      },
      { name: 'n', title: 'Questions', kind: 'number', value: (row) => row.n },
      ...estimate('mrr', 'MRR'),
      ...estimate('hit_at_1', 'Hit@1'),
      ...estimate('hit_at_10', 'Hit@10'),
      ...estimate('ndcg_at_10', 'nDCG@10'),
      { name: 'judge_mean', title: 'Judge-mean', kind: 'number', value: (row) => row.judge_mean },
      { name: 'mde_mrr', title: 'MDE MRR (unpaired)', kind: 'number', value: (row) => row.mde.mrr },
      { name: 'mde_hit_at_1', title: 'MDE Hit@1 (unpaired)', kind: 'number', value: (row) => row.mde.hit_at_1 },
      { name: 'budget_flips', title: 'Flips within the budget, floor(0.02 x N)', kind: 'number', value: (row) => row.budget_flips },
      { name: 'card', title: 'Card', kind: 'digest', value: (row) => row.card_digest },
    ],
  });
}

function tellVerdicts(verdicts: LeaderboardRow['verdicts']): string {
  const counts = Object.entries(verdicts).filter(([, count]) => count > 0);
  return counts.map(([verdict, count]) => `${count} ${verdict}`).join(', ');
}

function boardFigure({ rows }: BenchLeaderboard): Figure | undefined {
  const drawn = rows.flatMap(({ model_id, mrr, bt29 }): IntervalRow[] =>
    mrr.mean === null
      ? []
      : [
          {
            label: model_id,
            note: `${showValue(mrr.mean)} (${showInterval(mrr.ci95)})`,
            value: mrr.mean,
            interval: mrr.ci95,
            colour: bt29.state === 'passed' ? 'accepted' : bt29.state === 'failed' ? 'rejected' : 'review',
          },
        ],
  );
  if (drawn.length === 0) return undefined;
  const title = `MRR of ${formatAmount(drawn.length, 'model')} with its 95 % interval, all on one scale.`;
  return {
    sentence: title,
    legend: [
      { label: 'BT-29 passed', colour: 'accepted' },
      { label: 'Deferred, or for retrieval only', colour: 'review' },
      { label: 'BT-29 failed', colour: 'rejected' },
    ],
    draw: (layout) => drawIntervalPlot({ id: 'models', title, rows: drawn }, layout),
  };
}
