import { showInterval, showValue } from '../shared/bench-values.ts';
import { drawCalendar } from '../shared/charts/calendar.ts';
import { drawCappedColumns } from '../shared/charts/capped-columns.ts';
import { drawTrendLines } from '../shared/charts/trend-lines.ts';
import type { Figure } from '../shared/figure.ts';
import { formatAmount, formatUsd } from '../shared/format.ts';
import { groupRows } from '../shared/group-rows.ts';
import { OUTCOMES } from './outcomes.ts';
import type { MetricLine, ProbeDay, ProbeNight } from './probe-views.ts';

const WEEKS_DRAWN = 8;
const NIGHTS_DRAWN = 56;
const PANELS_DRAWN = 9;
const DAY_MS = 86_400_000;

/** A calendar for each kind of probe, up to the day on which it was read. */
export function calendarFigure(days: readonly ProbeDay[], until: string): Figure | undefined {
  if (days.length === 0) return undefined;
  const lastDay = [until.slice(0, 'YYYY-MM-DD'.length), days.at(-1)!.day].toSorted().at(-1)!;
  const weeks = Math.min(WEEKS_DRAWN, weeksFrom(days[0]!.day, lastDay));
  const kinds = [...groupRows(days, ({ kind }) => kind)];
  const sentence = [
    ...kinds.map(([kind, own]) => `${kind}: ${tellOutcomes(own)}.`),
    ...(weeks === WEEKS_DRAWN ? [`At most ${WEEKS_DRAWN} weeks are drawn.`] : []),
    'An empty day has no row in the audit file.',
  ].join(' ');
  const panels = kinds.map(([kind, own]) => ({
    title: kind,
    days: own.map(({ day, outcome }) => ({ day, word: OUTCOMES[outcome].word, tone: OUTCOMES[outcome].tone })),
  }));
  return { sentence, draw: (layout) => drawCalendar({ id: 'calendar', title: sentence, lastDay, weeks, panels }, layout) };
}

/** What nights came to, below the cap. */
export function costFigure(nights: readonly ProbeNight[], capUsd: number): Figure | undefined {
  const drawn = nights.slice(-NIGHTS_DRAWN);
  if (drawn.length === 0) return undefined;
  const dearest = drawn.reduce((most, night) => (night.actualUsd > most.actualUsd ? night : most));
  const sum = drawn.reduce((all, { actualUsd }) => all + actualUsd, 0);
  const sentence = `${formatAmount(drawn.length, 'night')} came to ${formatUsd(sum)}; the dearest, ${dearest.day}, to ${formatUsd(dearest.actualUsd)} of ${formatUsd(capUsd)}.`;
  return {
    sentence,
    legend: [
      { label: 'Settled', colour: 'partial' },
      { label: 'Above the cap', colour: 'rejected' },
    ],
    draw: (layout) =>
      drawCappedColumns(
        {
          id: 'cost',
          title: sentence,
          cap: capUsd,
          capLabel: `line: cap of a night, ${formatUsd(capUsd)}`,
          show: (usd) => formatUsd(usd),
          columns: drawn.map(({ day, actualUsd }) => ({
            label: day.slice('YYYY-'.length),
            value: actualUsd,
            tone: actualUsd > capUsd ? 'rejected' : 'partial',
          })),
        },
        layout,
      ),
  };
}

/** A panel for each metric. */
export function metricsFigure(lines: readonly MetricLine[]): Figure | undefined {
  const drawn = lines.slice(0, PANELS_DRAWN);
  if (drawn.length === 0) return undefined;
  const sentence = [
    ...drawn.map(({ kind, metric, points }) => {
      const last = points.findLast(({ value }) => value !== null)!;
      return `${kind}, ${metric}: last ${showValue(last.value)}${last.interval === null ? '' : ` (${showInterval(last.interval)})`}.`;
    }),
    'A line joins only nights over the same questions.',
    ...(lines.length > drawn.length ? [`The first ${drawn.length} of ${lines.length} metrics are drawn.`] : []),
  ].join(' ');
  const panels = drawn.map(({ kind, metric, points }) => ({
    title: `${kind}: ${metric}`,
    points: points.slice(-NIGHTS_DRAWN).map(({ event, value, interval, startsAnew }) => ({
      label: event.ts.slice('YYYY-'.length, 'YYYY-MM-DD'.length),
      value,
      interval,
      marks: '',
      startsAnew,
    })),
  }));
  return {
    sentence,
    legend: [
      { label: 'Value with 95 % interval', colour: 'partial', shape: 'dot' },
      { label: 'Value without an interval', colour: 'partial', shape: 'ring' },
    ],
    draw: (layout) => drawTrendLines({ id: 'metrics', title: sentence, panels }, layout),
  };
}

/** Weeks from Monday on that hold both days. */
function weeksFrom(first: string, last: string): number {
  const monday = (day: string): number => Math.floor((Date.parse(day) / DAY_MS + 3) / 7);
  return monday(last) - monday(first) + 1;
}

function tellOutcomes(days: readonly ProbeDay[]): string {
  const byWord = groupRows(days, ({ outcome }) => outcome);
  return [...byWord].map(([outcome, own]) => `${formatAmount(own.length, 'day')} ${OUTCOMES[outcome].word}`).join(', ');
}
