import { footerLines } from '../../domain/reproducibility/index.ts';
import type { Reproducibility } from '../../schemas/reproducibility.ts';
import type { ReportSection } from './sectioned-report.ts';
import { makeTable } from './table.ts';

/** The last section of a report: what its figures were made from. `name` is that of the report's files. */
export function reproducibilitySection(footer: Reproducibility, name: string): ReportSection {
  return {
    id: 'reproducibility',
    title: 'Reproducibility',
    lead: `What the figures were made from. ${LIMITS}`,
    table: makeTable({
      name: `${name}-reproducibility`,
      caption: 'What the figures were made from',
      whenEmpty: 'Nothing is recorded.',
      rows: footerLines(footer),
      columns: [
        { name: 'item', title: 'Item', kind: 'word', value: ([item]) => item },
        { name: 'value', title: 'Value', kind: 'name', value: ([, value]) => value },
      ],
    }),
  };
}

const LIMITS =
  'Results describe the given data, not the collection or questions of the reader; no satisfaction of users and no concurrency is measured; cost is an estimate unless settled; tokens are characters / 4.';
