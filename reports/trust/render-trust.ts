import type { TrustLedgerRow } from '../../schemas/trust-ledger.ts';
import type { TrustList } from '../../schemas/trust-reports.ts';
import { drawSmallMultiples, type Panel } from '../shared/charts/small-multiples.ts';
import { showValue } from '../shared/bench-values.ts';
import type { Figure } from '../shared/figure.ts';
import { formatAmount, formatNumber } from '../shared/format.ts';
import { renderReport } from '../shared/sectioned-report.ts';
import { makeTable, type Table } from '../shared/table.ts';
import type { Verdict } from '../shared/verdict.ts';

const NAME = 'trust-ledger';

/** The history of the trust ledger as files; `workspace` is the name of the folder it belongs to. The same rows give the same bytes. */
export function renderTrust(list: TrustList, workspace: string): { readonly name: string; readonly text: string }[] {
  const { rows } = list;
  return renderReport({
    name: NAME,
    kind: 'Trust ledger',
    subject: workspace,
    facts: [formatAmount(rows.length, 'row'), `Head ${rows.at(-1)?.row_hash ?? 'none'}`],
    verdict: judgeHistory(list),
    sections: [
      {
        id: 'models',
        title: 'Models',
        lead: 'What the newest row says about each model under one card, key and mode. A later FAIL replaces an earlier PASS.',
        table: modelsTable(list),
      },
      {
        id: 'history',
        title: 'Over time',
        lead: 'Every verdict leaves one row, chained by hash to the row before it. FAIL is recorded too.',
        figure: historyFigure(rows),
        table: historyTable(rows),
      },
    ],
    document: list,
  });
}

type Model = TrustList['models'][number];

function judgeHistory({ rows, models }: TrustList): Verdict {
  const count = (state: Model['bt29']['state']): number => models.filter(({ bt29 }) => bt29.state === state).length;
  const [passed, failed] = [count('passed'), count('failed')];
  const isWhole = rows.length > 0 && passed === models.length;
  return {
    tone: failed > 0 ? 'rejected' : isWhole ? 'accepted' : 'review',
    word: rows.length === 0 ? 'Empty' : failed > 0 ? 'Some failed' : isWhole ? 'All passed' : 'Some deferred',
    sentence:
      rows.length === 0
        ? 'No verdict is recorded: BT-29 is deferred for every model.'
        : `${formatNumber(passed)} of ${formatAmount(models.length, 'model')} passed with everything that BT-29 asks for.`,
    reasons: models.map(({ model_id, bt29 }) => ({ sentence: `${model_id}:`, detail: bt29.text })),
    figures: [
      { label: 'Rows', value: formatNumber(rows.length) },
      { label: 'Passed', value: formatNumber(passed) },
      { label: 'For retrieval only', value: formatNumber(count('passed_retrieval_only')), note: 'judge-mean deferred' },
      { label: 'Failed', value: formatNumber(failed) },
      { label: 'Deferred', value: formatNumber(count('deferred')) },
    ],
    nextSteps: [{ sentence: 'See whether the chain is what was written.', command: 'lauter bench ledger verify' }],
  };
}

function modelsTable({ models }: TrustList): Table {
  return makeTable<Model>({
    name: `${NAME}-models`,
    caption: 'Models',
    whenEmpty: 'No verdict is recorded yet.',
    rows: models,
    columns: [
      { name: 'model', title: 'Model', kind: 'name', value: (row) => row.model_id },
      { name: 'bt29', title: 'BT-29', kind: 'prose', value: (row) => row.bt29.text },
      { name: 'mode', title: 'Mode', kind: 'word', value: (row) => row.mode },
      { name: 'card', title: 'Card', kind: 'digest', value: (row) => row.model_card_digest },
      { name: 'comparability_key', title: 'Comparability key', kind: 'digest', value: (row) => row.comparability_key },
    ],
  });
}

function historyTable(rows: readonly TrustLedgerRow[]): Table {
  return makeTable({
    name: `${NAME}-history`,
    caption: 'All rows, oldest first',
    whenEmpty: 'No verdict is recorded yet.',
    rows,
    columns: [
      { name: 'seq', title: 'Row', kind: 'number', value: (row) => row.seq },
      { name: 'recorded_at', title: 'Recorded', kind: 'word', value: (row) => row.recorded_at },
      { name: 'model', title: 'Model', kind: 'name', value: (row) => row.model_id },
      { name: 'verdict', title: 'Verdict', kind: 'word', value: (row) => row.verdict },
      { name: 'n_runs', title: 'Runs', kind: 'number', value: (row) => row.n_runs },
      { name: 'scored_count', title: 'Questions', kind: 'number', value: (row) => row.scored_count },
      { name: 'mrr_mean', title: 'MRR', kind: 'number', value: (row) => row.mrr_mean },
      { name: 'mrr_delta', title: 'MRR delta', kind: 'number', value: (row) => row.mrr_delta },
      { name: 'hit_at_1_mean', title: 'Hit@1', kind: 'number', value: (row) => row.hit_at_1_mean },
      { name: 'hit_at_1_delta', title: 'Hit@1 delta', kind: 'number', value: (row) => row.hit_at_1_delta },
      { name: 'judge_mean', title: 'Judge-mean', kind: 'number', value: (row) => row.judge_mean },
      { name: 'judge_mean_delta', title: 'Judge-mean delta', kind: 'number', value: (row) => row.judge_mean_delta },
      { name: 'mde_mrr', title: 'MDE MRR', kind: 'number', value: (row) => row.mde.mrr },
      { name: 'mde_hit_at_1', title: 'MDE Hit@1', kind: 'number', value: (row) => row.mde.hit_at_1 },
      { name: 'flips', title: 'Flips', kind: 'number', value: (row) => row.flips.hit_at_1 },
      {
        name: 'budgets',
        title: 'Budgets',
        kind: 'word',
        value: ({ budgets }) => `${budgets.mrr} / ${budgets.hit_at_1} / ${budgets.judge_mean}`,
      },
      { name: 'temperature', title: 'Temperature', kind: 'number', value: (row) => row.temperature },
      { name: 'reasons', title: 'Reasons', kind: 'prose', value: (row) => row.reasons.join('; ') || null },
      { name: 'row_hash', title: 'Hash', kind: 'digest', value: (row) => row.row_hash },
    ],
  });
}

const METRICS = [
  ['mrr_mean', 'MRR'],
  ['mrr_delta', 'MRR delta'],
  ['hit_at_1_mean', 'Hit@1'],
  ['hit_at_1_delta', 'Hit@1 delta'],
  ['judge_mean', 'Judge-mean'],
] as const;

function historyFigure(rows: readonly TrustLedgerRow[]): Figure | undefined {
  if (rows.length === 0) return undefined;
  const panels = METRICS.map(([field, label]): Panel => {
    const values = rows.map((row) => row[field]);
    return { label, note: showValue(values.at(-1) ?? null), values, colour: 'partial' };
  });
  const title = `Means and deltas over ${formatAmount(rows.length, 'row')}, all models in the order of their rows, each on a scale of its own from 0.`;
  return { sentence: title, draw: (layout) => drawSmallMultiples({ id: 'history', title, panels }, layout) };
}
