import { showInterval, showValue } from '../../reports/shared/bench-values.ts';
import { formatAmount, formatInstant } from '../../reports/shared/format.ts';
import type { EvalTrend, TrendPoint, TrendSeries } from '../../schemas/eval-trend.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** A trend for people: a table for each series, cut where its questions are other ones than before. */
export function tellTrend({ series, notices, malformed_lines: malformed }: EvalTrend): string {
  return [
    ...(series.length === 0 ? ['No record is that young. Ask for more with --days N, or leave it out.'] : series.map(tellSeries)),
    ...(malformed === 0
      ? []
      : [`${formatAmount(malformed, 'line')} of the ledger could not be read and ${malformed === 1 ? 'does' : 'do'} not count.`]),
    ...notices.map(plain),
  ].join('\n\n');
}

function tellSeries({ suite, mode, metric, points }: TrendSeries): string {
  const [first, ...others] = cutAnew(points);
  return [
    plain(`${suite}, ${mode}: ${metric}`),
    tellPoints(first!),
    ...others.flatMap((part) => [
      'Other questions from here on, or nobody knows whether they are the same: not to be compared with the rows above.',
      tellPoints(part),
    ]),
  ].join('\n');
}

function tellPoints(points: readonly TrendPoint[]): string {
  return textTable(
    ['Ran at', 'Mean', '95 % interval', 'n', 'Changed', 'Commit', 'Note'],
    points.map(({ ran_at, value, ci95, n, changed, commit, note }) => [
      plain(formatInstant(ran_at)),
      showValue(value),
      showInterval(ci95),
      n === null ? '' : String(n),
      changed.join(', '),
      plain(commit ?? 'unknown'),
      plain(note ?? ''),
    ]),
  );
}

/** A record without a value stays with those before it: nothing is drawn to it or from it. */
function cutAnew(points: readonly TrendPoint[]): TrendPoint[][] {
  const parts: TrendPoint[][] = [];
  let hasValue = false;
  for (const point of points) {
    if (parts.length === 0 || (point.value !== null && point.starts_anew && hasValue)) parts.push([]);
    parts.at(-1)!.push(point);
    hasValue ||= point.value !== null;
  }
  return parts;
}
