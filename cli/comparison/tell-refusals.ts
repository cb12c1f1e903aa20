import type { Refusal } from '../../domain/comparison/index.ts';

/** What speaks against a comparison, as message and remedy of an error. */
export function tellRefusals(refusals: readonly Refusal[]): [message: string, remedy: string] {
  const told = refusals.map(({ suite, expected, found }) => `comparing arms, on ${suite}: expected ${expected}, found ${found}`);
  if (told.length === 0) return ['comparing arms: expected records of a suite in two modes, found none.', EVALUATE];
  return [`${told.join('; ')}.`, [...new Set(refusals.map(({ remedy }) => remedy))].join(' ')];
}

const EVALUATE = 'Evaluate first, with `lauter eval run-all`, or name a ledger with --input FILE.';
