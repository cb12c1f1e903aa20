import type { RunReport } from '../../../schemas/run-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { Table } from '../../shared/table.ts';
import { tallyCategories } from '../run-tallies.ts';
import type { SourceTally } from '../run-tallies.ts';
import { CATEGORY_ORDER } from '../run-words.ts';

/** Scored runs of each source by category. */
export function categoriesTable(report: RunReport): Table {
  return makeTable({
    name: 'categories-by-source',
    caption: 'Scored runs by source and category',
    whenEmpty: 'No source was read.',
    hasSums: true,
    rows: tallyCategories(report),
    columns: [
      { name: 'source', title: 'Source', kind: 'name', value: (row) => row.source },
      ...CATEGORY_ORDER.map(({ category, shortLabel }) => ({
        name: category,
        title: shortLabel,
        kind: 'number' as const,
        value: (row: SourceTally) => row.counts[category],
      })),
      { name: 'rows', title: 'All', kind: 'number', value: (row) => row.total },
    ],
  });
}
