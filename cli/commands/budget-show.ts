import { now } from '../../adapters/clock.ts';
import { sumSpendings, sumSpendingsBy, type Spending } from '../../domain/budget/index.ts';
import type { BudgetSummary } from '../../schemas/budget-summary.ts';
import type { CostSettings } from '../../schemas/cost-settings.ts';
import { readSpendings } from '../cost/read-spendings.ts';
import { tellBudget } from '../cost/tell-budget.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { loadConfig, workspaceFolder, type PlaceOptions } from '../places.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 7;

export interface BudgetShowOptions extends PlaceOptions {
  readonly run?: string;
  readonly days?: number;
  readonly json?: boolean;
}

/** `lauter budget show`: what was spent and set aside, and what may be. A run is shown whole unless --days is given. */
export async function budgetShow(io: Io, options: BudgetShowOptions): Promise<ExitCode> {
  const root = workspaceFolder(io, options);
  const { config } = loadConfig(io, root, options);
  const spendings = await readSpendings(root);
  const today = now().slice(0, 'YYYY-MM-DD'.length);
  const days = options.days ?? (options.run === undefined ? USUAL_DAYS : null);
  const from = days === null ? null : firstDay(today, days);
  const summary = summarize(spendings, config.cost, { runId: options.run ?? null, from, today });
  io.out(options.json === true ? JSON.stringify(summary, null, 2) : tellBudget(summary));
  return EXIT.accepted;
}

function summarize(
  spendings: readonly Spending[],
  cost: CostSettings,
  { runId, from, today }: { readonly runId: string | null; readonly from: string | null; readonly today: string },
): BudgetSummary {
  const shown = spendings.filter((each) => (runId === null || each.runId === runId) && (from === null || each.day >= from));
  const ofToday = sumSpendings(spendings.filter(({ day }) => day === today));
  const { per_day_usd: cap = null } = cost;
  return {
    schema_version: 1,
    run_id: runId,
    from,
    to: today,
    caps: { per_day_usd: cap, per_command_usd: cost.per_command_usd },
    price_table: { version: cost.version, date: cost.date ?? null, models: Object.keys(cost.prices).length },
    today: { ...ofToday, left_usd: cap === null ? null : leftOf(cap, ofToday.spent_usd) },
    total: sumSpendings(shown),
    by_day: sumSpendingsBy(shown, ({ day }) => day),
    by_command: sumSpendingsBy(shown, ({ command }) => command),
    by_lane: sumSpendingsBy(shown, ({ lane }) => lane),
    by_model: sumSpendingsBy(shown, ({ model }) => model),
    by_run: sumSpendingsBy(shown, (each) => each.runId),
  };
}

function leftOf(capUsd: number, spentUsd: number): number {
  return Math.max(0, Math.round((capUsd - spentUsd) * 1e9) / 1e9);
}

/** Today is the last of them. A number of days that reaches before the first day there is counts all of them. */
function firstDay(today: string, days: number): string | null {
  const firstMs = Date.parse(today) - (days - 1) * DAY_MS;
  return firstMs < 0 ? null : new Date(firstMs).toISOString().slice(0, 'YYYY-MM-DD'.length);
}
