import { now } from '../../adapters/clock.ts';
import { sumSpendings, type Spending } from '../../domain/budget/index.ts';
import { isFree } from '../../domain/cost/index.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import { formatAmount, formatShare, formatUsd } from '../../reports/shared/format.ts';
import type { CostSettings } from '../../schemas/cost-settings.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { commandFor } from '../command-line.ts';
import { readSpendings } from '../cost/read-spendings.ts';
import { ok, warn, type Patient } from './checks.ts';

const NAME = 'budget';
const NEARLY_ALL = 0.9;
const OLD_DAYS = 180;
const DAY_MS = 86_400_000;
const EXPECTED = `less than ${formatShare(NEARLY_ALL)} of the day's cap spent, and prices of the last ${OLD_DAYS} days`;

/** What is left of the day's money, and how old the prices are that it is counted by. */
export async function checkBudget(
  { root, options }: Pick<Patient, 'root' | 'options'>,
  cost: CostSettings,
  today = now().slice(0, 'YYYY-MM-DD'.length),
): Promise<DoctorCheck> {
  let spendings: readonly Spending[];
  try {
    spendings = await readSpendings(root);
  } catch (error) {
    if (!(error instanceof LauterError)) throw error;
    return warn(NAME, error.message, EXPECTED, `${error.remedy} Nothing that costs is called until then.`);
  }
  const { spent_usd: spent } = sumSpendings(spendings.filter(({ day }) => day === today));
  const { per_day_usd: cap } = cost;
  const found = [
    `${formatUsd(spent)} spent today${cap === undefined ? ', no cap' : ` of ${formatUsd(cap)}`}`,
    ...agesTold(cost, today),
  ].join('; ');
  const remedies = [
    ...(cap !== undefined && cap > 0 && spent >= NEARLY_ALL * cap
      ? [
          `\`${commandFor('budget show', options)}\` tells on what; \`${commandFor(`config set cost.per_day_usd ${cap * 2}`, options)}\` allows twice as much.`,
        ]
      : []),
    ...(oldPrices(cost, today).length > 0 ? ['Look the prices up, and state the day under cost.date or beside each price.'] : []),
  ];
  return remedies.length === 0 ? ok(NAME, found, EXPECTED) : warn(NAME, found, EXPECTED, remedies.join(' '));
}

/** Models that cost something, by prices that were looked up long ago. A price without a day cannot be old. */
function oldPrices({ prices, date }: CostSettings, today: string): string[] {
  const oldest = new Date(Date.parse(today) - OLD_DAYS * DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length);
  return Object.entries(prices).flatMap(([model, price]) => {
    const day = price.date ?? date;
    return !isFree(price) && day !== undefined && day < oldest ? [model] : [];
  });
}

function agesTold(cost: CostSettings, today: string): string[] {
  const old = oldPrices(cost, today);
  return [
    formatAmount(Object.keys(cost.prices).length, 'price'),
    ...(old.length === 0 ? [] : [`older than ${OLD_DAYS} days: ${old.join(', ')}`]),
  ];
}
