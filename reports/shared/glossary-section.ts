import type { GlossaryEntry } from '../../schemas/metric-glossary.ts';
import type { ReportSection } from './sectioned-report.ts';
import { makeTable } from './table.ts';

/** What the printed metrics mean, and which of them nobody has explained. `name` is that of the report's files. */
export function glossarySection(
  {
    metric_glossary,
    unknown_metrics,
  }: { readonly metric_glossary: Readonly<Record<string, GlossaryEntry>>; readonly unknown_metrics: readonly string[] },
  name: string,
): ReportSection {
  const rows = Object.entries(metric_glossary).map(([metric, entry]) => ({ metric, ...entry }));
  return {
    id: 'glossary',
    title: 'Glossary',
    lead: `What the metrics of this page mean${unknown_metrics.length === 0 ? '' : `; of ${unknown_metrics.join(', ')} nothing is known`}.`,
    table: makeTable<(typeof rows)[number]>({
      name: `${name}-glossary`,
      caption: 'Glossary',
      whenEmpty: 'No metric of this page is explained.',
      rows,
      columns: [
        { name: 'metric', title: 'Metric', kind: 'word', value: (row) => row.metric },
        { name: 'industry_term', title: 'In the field', kind: 'prose', value: (row) => row.industry_term },
        { name: 'eli10', title: 'In plain words', kind: 'prose', value: (row) => row.eli10 },
        { name: 'range', title: 'Range', kind: 'word', value: (row) => row.range },
      ],
    }),
  };
}
