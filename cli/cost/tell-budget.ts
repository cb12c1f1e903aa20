import { formatAmount, formatUsd } from '../../reports/shared/format.ts';
import type { BudgetSum, BudgetSummary } from '../../schemas/budget-summary.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** What was spent and what may be, for people. */
export function tellBudget(summary: BudgetSummary): string {
  const { caps, today, total, price_table: prices } = summary;
  const commands = Object.entries(caps.per_command_usd).map(([command, usd]) => `${plain(command)} ${formatUsd(usd)}`);
  const window = summary.from === null ? `until ${summary.to}` : `${summary.from} to ${summary.to}`;
  const lines = [
    ['cap of a day', caps.per_day_usd === null ? 'none' : formatUsd(caps.per_day_usd)],
    ['caps of runs', commands.length === 0 ? 'none but what the command line says' : commands.join(', ')],
    ['today', `${spentTold(today)}${today.left_usd === null ? '' : `; ${formatUsd(today.left_usd)} left`}`],
    [
      'prices',
      `${formatAmount(prices.models, 'model')}, table ${plain(prices.version)}${prices.date === null ? '' : ` of ${prices.date}`}`,
    ],
    [summary.run_id === null ? 'all runs' : plain(summary.run_id), `${window} (UTC): ${spentTold(total)}`],
  ].map(([name = '', text = '']) => `${name.padEnd(14)}${text}`);
  if (total.calls === 0) return [...lines, '', 'nothing was spent'].join('\n');
  const tables = [
    tableOf('Day', summary.by_day),
    tableOf('Command', summary.by_command),
    tableOf('Lane', summary.by_lane),
    tableOf('Model', summary.by_model),
    ...(summary.run_id === null ? [tableOf('Run', summary.by_run)] : []),
  ];
  const note = 'Estimated is what was set aside for the settled calls; set aside is what was never settled, and counts in full.';
  return [...lines, ...tables.flatMap((table) => ['', table]), '', note].join('\n');
}

function spentTold({ spent_usd: spent, set_aside_usd: open, open_calls: openCalls }: BudgetSum): string {
  return `${formatUsd(spent)} spent${openCalls === 0 ? '' : `, of which ${formatUsd(open)} set aside for ${formatAmount(openCalls, 'call')}`}`;
}

function tableOf(title: string, sums: BudgetSummary['by_day']): string {
  return textTable(
    [title, 'Calls', 'Estimated', 'Settled', 'Set aside', 'Tokens in', 'Tokens out'],
    sums.map((sum) => [
      plain(sum.name),
      String(sum.calls),
      formatUsd(sum.estimated_usd),
      formatUsd(sum.settled_usd),
      formatUsd(sum.set_aside_usd),
      String(sum.input_tokens),
      String(sum.output_tokens),
    ]),
  );
}
