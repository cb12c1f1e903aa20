import { formatAmount, formatNumber } from '../../reports/shared/format.ts';
import type { PublishReport } from '../../schemas/publish-report.ts';
import { plain } from '../io.ts';

/** A baseline that was written, for people. */
export function tellPublish(report: PublishReport): string {
  const { label, output_path, row_count, thresholds, suggested_thresholds: suggested } = report;
  return [
    `${plain(label)}: ${formatAmount(row_count, 'row')} in ${plain(output_path)}`,
    `source hash   ${report.source_hash}`,
    `content hash  ${report.content_hash}`,
    `corpus hash   ${report.corpus_hash ?? 'unknown: the rows name none, or several'}`,
    `knob hash     ${report.knob_hash ?? 'unknown: not every row names one'}`,
    `mean latency  ${formatNumber(report.baseline_mean_latency_ms)} ms`,
    `thresholds    ${tellThresholds(thresholds)}`,
    ...(suggested === undefined
      ? []
      : [`suggested     ${tellThresholds(suggested)}, from ${suggested.passing_runs} of ${suggested.runs} runs`]),
  ].join('\n');
}

function tellThresholds({ jaccard, top1, latency_multiplier }: PublishReport['thresholds']): string {
  return `jaccard ${formatNumber(jaccard)}, top-1 ${formatNumber(top1)}, latency x${formatNumber(latency_multiplier)}`;
}
