import { cut } from '../shared/text.ts';
import type { SearchBudget } from '../../schemas/search-response.ts';
import { countTokens } from './count-tokens.ts';

/** What a row costs: its title and its text, each in tokens. */
interface Costly {
  readonly title: string;
  readonly text: string;
}

export interface Budgeted<Row> {
  readonly rows: readonly Row[];
  readonly budget: SearchBudget;
}

const TOKEN_CHARACTERS = 4;

/**
 * The rows from the first to the last before the one that no longer fits. Where not even the first fits, a copy of it that is cut to the budget when
 * `canCut`, else none. Without a budget above 0 all rows, and a budget of 0 is told.
 */
export function applyTokenBudget<Row extends Costly>(
  rows: readonly Row[],
  budget: number | null | undefined,
  canCut: boolean,
): Budgeted<Row> {
  if (budget === null || budget === undefined || !(budget > 0)) return tell(rows, rows.length, 0, false);
  let used = 0;
  const over = rows.findIndex((row) => (used += costOf(row)) > budget);
  if (over === -1) return tell(rows, rows.length, budget, false);
  const [first] = rows;
  if (over > 0 || first === undefined || !canCut) return tell(rows.slice(0, over), rows.length, budget, false);
  return tell([cutRow(first, Math.floor(budget))], rows.length, budget, true);
}

function tell<Row extends Costly>(rows: readonly Row[], found: number, budget: number, truncated: boolean): Budgeted<Row> {
  const used = rows.reduce((sum, row) => sum + costOf(row), 0);
  return { rows, budget: { budget, used, kept: rows.length, dropped: found - rows.length, truncated } };
}

function costOf({ title, text }: Costly): number {
  return countTokens(title) + countTokens(text);
}

function cutRow<Row extends Costly>(row: Row, tokens: number): Row {
  const titleTokens = countTokens(row.title);
  if (titleTokens >= tokens) return { ...row, title: cut(row.title, tokens * TOKEN_CHARACTERS), text: '' };
  return { ...row, text: cut(row.text, (tokens - titleTokens) * TOKEN_CHARACTERS) };
}
