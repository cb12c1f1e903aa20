import type { AcceptanceReport } from '../../schemas/acceptance-report.ts';

const NAMES = ['records = evidence + quarantined, per file', 'every evidence row validates'];

/** A report on two invariants that both hold. */
export const ALL_HOLD: AcceptanceReport = {
  schema: 'acceptance-report/1',
  verdict: 'accepted',
  passed: 2,
  total: 2,
  invariants: NAMES.map((name, at) => ({ number: at + 1, name, passed: true, expected: 'equal', found: 'equal', where: [] })),
  code_version: '0.1.0',
  started_at: '2026-05-06T08:00:00.000Z',
  duration_ms: 21_400,
  fixture: { sources: 17, files: 41, records: 159, secrets: 43 },
  kept: null,
};

/** The same, with one that does not hold, told in words that no page and no terminal may take for its own. */
export const ONE_IS_BROKEN: AcceptanceReport = {
  ...ALL_HOLD,
  verdict: 'refused',
  passed: 1,
  invariants: [
    ALL_HOLD.invariants[0]!,
    {
      number: 2,
      name: NAMES[1]!,
      passed: false,
      expected: 'a row that evidence/1 allows',
      found: '<b>\u001b[31msplendid\u001b[0m</b> (and 1 more)',
      where: ['evidence 7f', '=HYPERLINK("gulls")'],
    },
  ],
};
