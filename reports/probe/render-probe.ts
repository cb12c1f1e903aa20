import type { ProbeHistory } from '../../schemas/probe-history.ts';
import { formatAmount, formatInstant } from '../shared/format.ts';
import { metaSections } from '../shared/meta-sections.ts';
import { renderReport } from '../shared/sectioned-report.ts';
import { calendarFigure, costFigure, metricsFigure } from './probe-figures.ts';
import { daysTable, eventsTable, metricsTable, nightsTable, noticesTable } from './probe-tables.ts';
import { judgeHistory } from './probe-verdict.ts';
import { daysOf, metricLines, nightsOf } from './probe-views.ts';

const NAME = 'probe-history';

/** The history of the nightly probe as files, the page last. The same history gives the same bytes. */
export function renderProbe(history: ProbeHistory): { readonly name: string; readonly text: string }[] {
  const { events, until, enabled, next_due, _meta } = history;
  const days = daysOf(events);
  const nights = nightsOf(events);
  const lines = metricLines(events);
  return renderReport({
    name: NAME,
    kind: 'Nightly probe',
    subject: events.length === 0 ? 'no night yet' : `${days[0]!.day} to ${until.slice(0, 'YYYY-MM-DD'.length)}`,
    facts: [
      enabled ? 'on' : 'off',
      formatAmount(events.length, 'event'),
      `read ${formatInstant(until)}`,
      next_due === null ? 'nothing is due' : `next due ${formatInstant(next_due)}`,
    ],
    verdict: judgeHistory(history),
    sections: [
      {
        id: 'calendar',
        title: 'Calendar',
        lead: 'What came of each day, in UTC, by the time that a run was due. Of several runs on one day the worst is told.',
        figure: calendarFigure(days, until),
        table: daysTable(days, NAME),
      },
      {
        id: 'events',
        title: 'Latest events',
        lead: 'One row for each run, newest first, as the audit file has it.',
        table: eventsTable(events, NAME),
      },
      {
        id: 'cost',
        title: 'Cost',
        lead: 'What each night was estimated at before it began, and what it came to over all lanes, against the cap.',
        figure: costFigure(nights, history.max_usd),
        table: nightsTable(nights, history.max_usd, NAME),
      },
      {
        id: 'metrics',
        title: 'Metrics',
        lead: 'What was measured, night by night. Where intervals of neighbours overlap, only a comparison of both runs says whether they are apart.',
        figure: metricsFigure(lines),
        table: metricsTable(lines, NAME),
      },
      { id: 'notices', title: 'Notices', lead: 'What decides nothing but should be known.', table: noticesTable(history, NAME) },
      ...metaSections(_meta, NAME),
    ],
    document: history,
  });
}
