import { formatAmount, formatUsd } from '../../reports/shared/format.ts';
import { plain } from '../io.ts';
import type { SpendingForecast } from '../../worker/inputs/estimate-longmemeval.ts';

/** What a run is expected to cost, for people, before it begins. */
export function tellForecast({ questions, lanes, usd }: SpendingForecast, capUsd: number | null): string {
  const parts = lanes.map(({ lane, model, usd: part }) => `${lane} ${formatUsd(part)} (${plain(model)})`);
  const cap = capUsd === null ? 'no cap' : `cap ${formatUsd(capUsd)}`;
  return `estimated for ${formatAmount(questions, 'question')}: ${formatUsd(usd)}, ${parts.join(', ')}; ${cap}`;
}
