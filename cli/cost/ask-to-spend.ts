import { formatUsd } from '../../reports/shared/format.ts';
import { plain, type Io } from '../io.ts';

/** What a part of the work is expected to cost, beside what it may cost; null is no limit. */
export interface SpendingEstimate {
  /** A noun for people: `answers`. */
  readonly what: string;
  readonly usd: number;
  readonly capUsd: number | null;
}

/**
 * Whether work may begin that could run into its cap: it may when every estimate is within its own. Otherwise the person at the terminal is asked,
 * `--yes` answers for them, and without both it is refused; why stands on stderr. The cap holds in any case.
 */
export async function askToSpend(
  io: Pick<Io, 'err' | 'ask'>,
  { estimates, isYes }: { readonly estimates: readonly SpendingEstimate[]; readonly isYes: boolean },
): Promise<'go' | 'refused'> {
  const over = estimates.filter(({ usd, capUsd }) => capUsd !== null && !(usd <= capUsd));
  if (over.length === 0) return 'go';
  for (const { what, usd, capUsd } of over) {
    io.err(`estimating the cost, on ${plain(what)}: expected at most ${formatUsd(capUsd!)}, found ${formatUsd(usd)}.`);
  }
  if (isYes) return go(io);
  if (io.ask === undefined) {
    io.err('Nothing was called. Raise the cap, do less, or add --yes: the work then stops where the cap is reached.');
    return 'refused';
  }
  if (await io.ask('Begin, and stop where the cap is reached?')) return go(io);
  io.err('nothing was called');
  return 'refused';
}

function go(io: Pick<Io, 'err'>): 'go' {
  io.err('The cap stays: what it does not pay for is left out.');
  return 'go';
}
