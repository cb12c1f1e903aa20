import { worstRows } from '../../domain/gate/index.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { ReplayReport, ReplayResult } from '../../schemas/replay-report.ts';
import { textTable } from '../text-table.ts';
import { tellNumber } from './numbers.ts';
import { tellMoved } from './tell-moved.ts';

/** A replay for people: its numbers, and the rows that moved furthest. */
export function tellReplay(
  { summary, attestation }: ReplayReport,
  results: readonly ReplayResult[],
  most: number,
  isExplained: boolean,
): string {
  const { rows_total, rows_replayed, rows_skipped, rows_errored, rows_degraded } = summary;
  const worst = worstRows(results, most);
  const slugOnly = results.filter(({ identity }) => identity === 'slug_only').length;
  return [
    `replayed ${rows_replayed} of ${formatAmount(rows_total, 'row')} (${rows_skipped} skipped, ${rows_errored} errored, ${rows_degraded} degraded)`,
    ...(attestation === undefined ? [] : [ATTESTATIONS[attestation]]),
    '',
    textTable(
      ['measure', 'replayed rows', 'strict'],
      [
        ['mean jaccard', tellNumber(summary.mean_jaccard), tellNumber(summary.mean_jaccard_strict)],
        ['top-1 stability', tellNumber(summary.top1_stability_rate), tellNumber(summary.top1_stability_strict)],
        ['mean rbo', tellNumber(summary.mean_rbo), ''],
      ],
    ),
    '',
    `latency: mean change ${tellNumber(summary.mean_latency_delta_ms)} ms, p50 ${tellNumber(summary.p50_latency_ms)} ms, p95 ${tellNumber(summary.p95_latency_ms)} ms; ` +
      `${formatAmount(summary.rows_over_2x_latency, 'row')} more than twice as slow`,
    ...(slugOnly === 0 ? [] : [`${formatAmount(slugOnly, 'row')} compared by slug alone: several sources, and no keys`]),
    '',
    worst.length === 0 ? 'nothing moved' : 'moved furthest:',
    ...worst.map((result) => tellMoved(result, isExplained)),
  ].join('\n');
}

const ATTESTATIONS = {
  content: 'attestation content: the rows are those that were published',
  queries_only: 'attestation queries_only: the file attests what was asked, not what was answered',
  broken: 'attestation broken: the rows are not those that were published',
} as const;
