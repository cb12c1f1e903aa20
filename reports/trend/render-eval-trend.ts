import type { EvalTrend, TrendSeries } from '../../schemas/eval-trend.ts';
import { showInterval, showValue } from '../shared/bench-values.ts';
import { formatAmount, listWords } from '../shared/format.ts';
import { metaSections } from '../shared/meta-sections.ts';
import { renderReport } from '../shared/sectioned-report.ts';
import type { Verdict } from '../shared/verdict.ts';
import { trendFigure } from './trend-figure.ts';
import { noticesTable, recordsTable } from './trend-tables.ts';

const NAME = 'eval-trend';

/** A trend as files, the page last. The same trend gives the same bytes. */
export function renderEvalTrend(trend: EvalTrend): { readonly name: string; readonly text: string }[] {
  const { series, days, _meta } = trend;
  const suites = [...new Set(series.map(({ suite }) => suite))];
  return renderReport({
    name: NAME,
    kind: 'Trend of evaluations',
    subject: suites.length === 0 ? 'nothing' : listWords(suites),
    facts: [
      days === null ? 'All of the ledger' : `The last ${formatAmount(days, 'day')}`,
      formatAmount(
        series.reduce((sum, { points }) => sum + points.length, 0),
        'record',
      ),
      _meta.footer.is_reproducible ? 'reproducible' : 'not reproducible',
    ],
    verdict: judgeTrend(trend),
    sections: [
      {
        id: 'trend',
        title: 'Trend',
        lead: 'What suites came to from record to record. Where intervals of neighbours overlap, only a comparison of both runs says whether they are apart.',
        figure: trendFigure(trend),
        table: recordsTable(trend, NAME),
      },
      { id: 'notices', title: 'Notices', lead: 'What decides nothing but should be known.', table: noticesTable(trend, NAME) },
      ...metaSections(_meta, NAME),
    ],
    document: trend,
  });
}

const FIGURES = 6;

/** A trend shows and does not judge: the newest value of each series, and how to ask whether a step is more than chance. */
function judgeTrend({ series }: EvalTrend): Verdict {
  const untold = series.flatMap(({ points }) => points.filter(({ value, ci95 }) => value !== null && ci95 === null));
  const failed = series.flatMap(({ points }) => points.filter(({ value }) => value === null));
  return {
    tone: untold.length + failed.length === 0 && series.length > 0 ? 'accepted' : 'review',
    word: series.length === 0 ? 'No records' : 'Shown',
    sentence:
      series.length === 0
        ? 'No record is that young.'
        : `${formatAmount(series.length, 'series', 'series')} of records. Nothing is judged here: a step is proven by comparing its two runs.`,
    reasons: [
      ...(untold.length === 0
        ? []
        : [
            {
              sentence: `${formatAmount(untold.length, 'record')} without an interval:`,
              detail: 'rows are not there as the ledger names them',
            },
          ]),
      ...(failed.length === 0
        ? []
        : [{ sentence: `${formatAmount(failed.length, 'record')} without a value:`, detail: 'listed, and not drawn' }]),
    ],
    figures: series.flatMap(figureOf).slice(0, FIGURES),
    nextSteps: series.flatMap(stepOf).slice(0, 1),
  };
}

function figureOf({ suite, mode, metric, points }: TrendSeries): Verdict['figures'] {
  const last = points.findLast(({ value }) => value !== null);
  if (last === undefined) return [];
  return [
    {
      label: `${suite}, ${mode}, ${metric}`,
      value: showValue(last.value),
      note: last.ci95 === null ? 'no interval' : showInterval(last.ci95),
    },
  ];
}

/** Names of runs come from outside and stand in a command, so only plain ones do. */
function stepOf({ points }: TrendSeries): Verdict['nextSteps'] {
  const [before, last] = points.filter(({ value, source }) => value !== null && source === 'rows').slice(-2);
  if (before === undefined || last === undefined || last.starts_anew) return [];
  const runs = [before, last].map(({ run_uid, run_id }) => run_uid ?? run_id);
  if (!runs.every((run) => /^[\w.-]+$/.test(run))) return [];
  return [{ sentence: 'Ask whether the last step is more than chance:', command: `lauter eval compare --runs ${runs.join(',')}` }];
}
