import type { PairedComparison } from '../../../schemas/paired-comparison.ts';
import { formatAmount } from '../../shared/format.ts';
import { DIFFERENCE_COLUMNS, forestPlot } from '../../shared/paired-differences.ts';
import type { ReportSection } from '../../shared/sectioned-report.ts';
import { makeTable } from '../../shared/table.ts';
import type { SuiteView } from './suite-view.ts';

/** What the arms of a suite differ by in every metric, pair by pair: the forest plot and its table. */
export function differencesSection({ comparisons, id, name, suffix }: SuiteView): ReportSection {
  const [first] = comparisons;
  return {
    id: `${id}differences`,
    title: `Differences${suffix}`,
    lead: `Two arms are apart only where the interval leaves out 0 and the p that is corrected for the ${formatAmount(first?.m ?? 0, 'comparison')} of this suite is small enough; anything else is called not significant. Differences are the second arm minus the first.`,
    figure: forestPlot(comparisons, `${id}forest`),
    table: makeTable<PairedComparison>({
      name: `${name}differences`,
      caption: 'Differences',
      whenEmpty: 'There are fewer than two arms, so nothing was compared.',
      rows: comparisons,
      columns: DIFFERENCE_COLUMNS,
    }),
  };
}
