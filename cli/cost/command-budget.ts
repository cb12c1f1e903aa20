import { randomBytes } from 'node:crypto';
import type { Budget } from '../../activities/budget-ports.ts';
import { now } from '../../adapters/clock.ts';
import type { CostSettings } from '../../schemas/cost-settings.ts';
import { openBudget } from '../../worker/open-budget.ts';

/** The budget of one run of a command that has no id of its own, as `search query`: what `cost.per_command_usd` and `cost.per_day_usd` leave it. */
export function commandBudget(root: string, command: string, settings: CostSettings): Budget {
  const startedAt = now().replace(/\.\d+|[-:]/g, '');
  const runId = `${command.replaceAll(' ', '-')}-${startedAt}-${randomBytes(6).toString('hex')}`;
  return openBudget({ root, runId, command, capUsd: null, settings });
}
