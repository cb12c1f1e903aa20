import type { Command } from 'commander';
import type { BudgetShowOptions } from '../commands/budget-show.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { countFromOne } from './arguments.ts';
import { explained } from './help.ts';
import { placed } from './placed.ts';

/** `lauter budget …`: what models have cost and what they may. */
export function addBudget(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const budget = program.command('budget').description('what models have cost, and what they may cost');
  explained(
    placed(budget.command('show').description('caps, what was spent and what is set aside, by day, command, lane, model and run'))
      .option('--run <id>', 'of one run, from its beginning unless --days is given')
      .option('--days <number>', 'days to look back on, today included; 7 unless --run is given', countFromOne)
      .option('--json', 'print it as one JSON document'),
    'lauter budget show --days 30',
    'schema_version run_id from to caps{per_day_usd per_command_usd} price_table{version date models} today{… left_usd} total{calls estimated_usd settled_usd open_calls set_aside_usd spent_usd input_tokens output_tokens} by_day by_command by_lane by_model by_run[{name …}]',
  ).action(async (options: BudgetShowOptions) => settle(await (await import('../commands/budget-show.ts')).budgetShow(io, options)));
}
