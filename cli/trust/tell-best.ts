import type { MetricComparison } from '../../schemas/metric-comparison.ts';
import type { TrustBest } from '../../schemas/trust-reports.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import { fourDecimals, signed, tellInterval } from '../bench/numbers.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** Whether a model is better than the last one that passed, for people. */
export function tellBest({ answer, challenger, reference, n, mode, metrics }: TrustBest): string {
  return [
    answer,
    '',
    `${plain(challenger.model_id)} (${formatAmount(challenger.run_ids.length, 'run')}) against ${plain(reference.model_id)} (row ${reference.seq}, ${formatAmount(reference.run_ids.length, 'run')}), ${formatAmount(n, 'question')}, mode ${mode}`,
    tellSide(challenger),
    tellSide(reference),
    '',
    textTable(
      ['metric', 'reference', 'challenger', 'difference', '95 % interval', 'sign test p', 'gains / losses', 'MDE (paired)'],
      [rowOf('MRR', metrics.mrr), rowOf('Hit@1', metrics.hit_at_1)],
    ),
  ].join('\n');
}

function tellSide({ model_id, bt29, verdicts }: Pick<TrustBest['challenger'], 'model_id' | 'bt29' | 'verdicts'>): string {
  return `${plain(model_id)}: ${bt29.text}; gates ${verdicts.length === 0 ? 'not recorded' : verdicts.join(', ')}`;
}

function rowOf(title: string, { mean_a, mean_b, difference, ci95, sign, mde }: MetricComparison): string[] {
  return [
    title,
    fourDecimals(mean_a),
    fourDecimals(mean_b),
    signed(difference),
    tellInterval(ci95),
    sign.p.toPrecision(6),
    `${sign.gains} / ${sign.losses}`,
    fourDecimals(mde.value),
  ];
}
