import type { PanelJudge } from '../../activities/panel-contract.ts';
import { formatAmount, formatUsd } from '../../reports/shared/format.ts';
import { plain } from '../io.ts';

/** What a panel is expected to cost, for people, before anybody is asked. */
export function tellForecast(
  judges: readonly PanelJudge[],
  { calls, usd, capUsd }: { readonly calls: number; readonly usd: number; readonly capUsd: number | null },
): string {
  const names = judges.map(({ id, model }) => `${id} ${plain(model)}`).join(', ');
  const cap = capUsd === null ? 'no cap' : `cap ${formatUsd(capUsd)}`;
  const few = judges.length < 2 ? '; a single judge decides nothing, name another one in eval.panel.judges' : '';
  return `judges ${names}${few}\nestimated for ${formatAmount(calls, 'call')}: ${formatUsd(usd)}; ${cap}`;
}
