import type { BenchComparison, ComparisonSide } from '../../schemas/bench-comparison.ts';
import type { MetricComparison } from '../../schemas/metric-comparison.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';
import { fourDecimals, signed, tellInterval } from './numbers.ts';

const FLIPS_SHOWN = 20;

/** A comparison of two runs or models, for people. */
export function tellComparison(comparison: BenchComparison): string {
  const { a, b, mode, comparability, metrics, per_source, flips, warnings, resamples, seed } = comparison;
  const head = [
    tellSide('A', a),
    tellSide('B', b),
    `mode ${mode}, comparability: ${comparability.status}${comparability.key === null ? '' : ` ${comparability.key}`}`,
  ];
  const warned = warnings.map((warning) => `warning: ${plain(warning)}`);
  if (comparability.status === 'not comparable') return [...head, ...warned].join('\n');
  const sources = per_source.flatMap(({ source, small, mrr, hit_at_1 }) => {
    const name = plain(source) + (small ? ' (small)' : '');
    return [
      [name, ...cellsOf(mrr)],
      [name, ...cellsOf(hit_at_1)],
    ];
  });
  return [
    ...head,
    '',
    textTable(HEADER, metrics.map(cellsOf)),
    `differences are B minus A; 95 % paired bootstrap, ${resamples} resamples, seed ${seed}`,
    ...(sources.length === 0 ? [] : ['', textTable(['source', ...HEADER], sources)]),
    '',
    `${flips.hit_at_1} questions flip in Hit@1, ${flips.rank} change their rank; budget = floor(0.02 x N) = ${comparison.budget_flips ?? 'n/a'} item flips`,
    ...(flips.items.length === 0
      ? []
      : [textTable(['question', 'source', 'rank in A', 'rank in B', 'flip'], flips.items.slice(0, FLIPS_SHOWN).map(tellFlip))]),
    ...(flips.items.length > FLIPS_SHOWN ? [`and ${flips.items.length - FLIPS_SHOWN} more; --json lists all of them`] : []),
    ...(warned.length === 0 ? [] : ['', ...warned]),
  ].join('\n');
}

const HEADER = ['metric', 'n', 'A', 'B', 'difference', '95 % interval', 'sign test p', 'gains / losses', 'MDE (paired)', 'reading'];

function cellsOf({ metric, n, mean_a, mean_b, difference, ci95, sign, mde, is_distinguishable }: MetricComparison): string[] {
  return [
    metric,
    String(n),
    fourDecimals(mean_a),
    fourDecimals(mean_b),
    signed(difference),
    tellInterval(ci95),
    sign.p.toPrecision(6),
    `${sign.gains} / ${sign.losses}`,
    fourDecimals(mde.value),
    is_distinguishable ? 'apart' : 'not significant',
  ];
}

function tellFlip({ qa_id, source, rank_a, rank_b, is_flip }: BenchComparison['flips']['items'][number]): string[] {
  return [plain(qa_id), plain(source ?? '–'), String(rank_a ?? '–'), String(rank_b ?? '–'), is_flip ? 'yes' : 'no'];
}

function tellSide(name: string, { model_id, run_id, verdict, bt29 }: ComparisonSide): string {
  return `${name}  ${plain(model_id)} in ${plain(run_id)}, ${verdict ?? 'no verdict recorded'}; ${bt29.text}`;
}
