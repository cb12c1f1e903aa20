import type { LongMemEvalReport, Share } from '../../schemas/longmemeval-report.ts';
import { showInterval } from '../shared/bench-values.ts';
import { drawIntervalPlot, type IntervalRow } from '../shared/charts/interval-plot.ts';
import type { Figure } from '../shared/figure.ts';
import { formatAmount, formatInstant, formatShare, shortenDigest, formatUsd } from '../shared/format.ts';
import { metaSections } from '../shared/meta-sections.ts';
import { renderReport } from '../shared/sectioned-report.ts';
import type { Verdict } from '../shared/verdict.ts';
import { longMemEvalTables } from './longmemeval-tables.ts';

const NAME = 'longmemeval';

/** A run of LongMemEval as files. The same report gives the same bytes. */
export function renderLongMemEval(report: LongMemEvalReport): { readonly name: string; readonly text: string }[] {
  const tables = longMemEvalTables(report, NAME);
  const { hypotheses: _rows, ...document } = report;
  return renderReport({
    name: NAME,
    kind: 'LongMemEval',
    subject: report.dataset.name,
    facts: [
      report.figure,
      `Retriever ${report.retriever}, strategy ${report.strategy}, mode ${report.mode}`,
      `${formatAmount(report.top_k, 'passage')} retrieved for a question`,
      costFact(report),
      `Run ${report.run_id}, ended ${formatInstant(report.finished_at)}`,
      `Dataset sha256 ${shortenDigest(report.dataset.sha256)}`,
      `Lauter ${report.code.version}, commit ${report.code.commit ?? 'unknown'}${report.code.is_dirty === true ? ', dirty' : ''}`,
      LIMITS,
    ],
    verdict: verdictOf(report),
    sections: [
      {
        id: 'recall',
        title: 'Recall',
        lead: 'All gold sessions of a question, any of them, and the mean share of them, among the first k distinct sessions. A question that failed is a miss.',
        figure: recallFigure(report),
        table: tables.recall,
      },
      {
        id: 'types',
        title: 'By kind of question',
        lead: 'The same for each kind. Fewer than 30 questions say little.',
        table: tables.types,
      },
      {
        id: 'answers',
        title: 'Answers',
        lead: 'How many answers a judge found right, those to abstention questions included.',
        table: tables.answers,
      },
      {
        id: 'abstention',
        title: 'Abstention questions',
        lead: 'Questions to which nothing is known. They are left out of everything above but the answers.',
        table: tables.abstention,
      },
      { id: 'outcomes', title: 'Outcomes', lead: 'Every question is in one of these.', table: tables.outcomes },
      { id: 'degraded', title: 'Degraded searches', lead: 'Questions that were searched without a stage.', table: tables.degraded },
      { id: 'notices', title: 'Notices', lead: 'What decides nothing but should be known.', table: tables.notices },
      ...(report._meta === undefined ? [] : metaSections(report._meta, NAME)),
    ],
    document,
  });
}

function costFact({
  cost: { estimated_usd: estimated, settled_usd: settled, cap_usd: cap, price_table: table },
}: LongMemEvalReport): string {
  const parts = [
    `estimated ${estimated === null ? 'not at all' : formatUsd(estimated)}`,
    `settled ${formatUsd(settled)}`,
    cap === null ? 'no cap' : `cap ${formatUsd(cap)}`,
  ];
  return `Cost ${parts.join(', ')}, by the price table ${table}`;
}

const LIMITS =
  'Results describe this data, not your collection or your queries; no satisfaction of users and no load was measured; tokens are characters / 4';

const WORDS: Readonly<
  Record<LongMemEvalReport['verdict'], { readonly word: string; readonly tone: Verdict['tone']; readonly sentence: string }>
> = {
  accepted: { word: 'Done', tone: 'accepted', sentence: 'Every question was done, and no floor was missed.' },
  floor_missed: { word: 'Below the floor', tone: 'rejected', sentence: 'Some kind of question is found less often than was asked for.' },
  invalid: { word: 'Invalid', tone: 'rejected', sentence: 'Too much failed for these numbers to say anything.' },
  degraded: { word: 'Degraded', tone: 'review', sentence: 'What was asked for was not measured: stages were missing.' },
  over_budget: { word: 'Over budget', tone: 'review', sentence: 'The budget was used up before all questions were done.' },
};

/** Recall over all gold at 5 leads, because any gold at 5 is found by every engine; then any gold at 1. */
function verdictOf({ verdict, reasons, recall }: LongMemEvalReport): Verdict {
  const { at } = recall.all_types;
  const lead = at.find(({ k }) => k === 5) ?? at.at(-1);
  const first = at[0];
  return {
    ...WORDS[verdict],
    reasons: reasons.map((reason) => ({ sentence: 'Reason:', detail: reason })),
    figures: [
      ...(lead === undefined ? [] : [figureOf(`recall_all@${lead.k}`, lead.all)]),
      ...(first === undefined ? [] : [figureOf(`recall_any@${first.k}`, first.any)]),
    ],
    nextSteps: [],
  };
}

function figureOf(label: string, { hit, total, rate, ci95 }: Share): Verdict['figures'][number] {
  return { label, value: rate === null ? 'n/a' : formatShare(rate), note: `${hit} of ${total}, 95 % interval ${showInterval(ci95)}` };
}

function recallFigure({ recall, figure }: LongMemEvalReport): Figure | undefined {
  const rows = recall.all_types.at.flatMap(({ k, all, any }): IntervalRow[] => [
    ...rowOf(`recall_all@${k}`, all, 'accepted'),
    ...rowOf(`recall_any@${k}`, any, 'review'),
  ]);
  if (rows.length === 0) return undefined;
  const title = `Recall at ${formatAmount(recall.all_types.at.length, 'depth')} with 95 % intervals, ${figure}.`;
  return {
    sentence: title,
    legend: [
      { label: 'All gold sessions', colour: 'accepted' },
      { label: 'Any gold session', colour: 'review' },
    ],
    draw: (layout) => drawIntervalPlot({ id: 'recall', title, rows }, layout),
  };
}

function rowOf(label: string, { hit, total, rate, ci95 }: Share, colour: IntervalRow['colour']): IntervalRow[] {
  return rate === null ? [] : [{ label, note: `${hit}/${total}`, value: rate, interval: ci95, colour }];
}
