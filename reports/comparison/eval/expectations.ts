import type { EvalComparison, ExpectationOutcome } from '../../../schemas/eval-comparison.ts';
import { showInterval, showValue } from '../../shared/bench-values.ts';
import { formatInstant } from '../../shared/format.ts';
import type { ReportSection } from '../../shared/sectioned-report.ts';
import { makeTable } from '../../shared/table.ts';

/** What was expected before the run, and what became of each expectation; none where nobody registered any. */
export function expectationsSection({ expectations }: EvalComparison, name: string): ReportSection[] {
  if (expectations === null) return [];
  const { outcomes, registered_at, path, sha256 } = expectations;
  return [
    {
      id: 'expectations',
      title: 'Expectations',
      lead: `Registered ${formatInstant(registered_at)} in ${path}, sha256 ${sha256}. One that was registered after the run is marked, because it proves nothing.`,
      table: makeTable<ExpectationOutcome>({
        name: `${name}-expectations`,
        caption: 'Expectations, failed ones first',
        whenEmpty: 'None of them is about what was compared.',
        rows: [...outcomes].sort((left, right) => ORDER.indexOf(left.state) - ORDER.indexOf(right.state)),
        columns: [
          { name: 'id', title: 'Id', kind: 'word', value: ({ expectation }) => expectation.id },
          { name: 'state', title: 'State', kind: 'state', value: ({ state }) => state },
          { name: 'suite', title: 'Suite', kind: 'word', value: ({ suite }) => suite },
          { name: 'text', title: 'Expected', kind: 'prose', value: ({ expectation }) => expectation.text },
          { name: 'arm', title: 'Arm', kind: 'name', value: ({ arm }) => arm },
          { name: 'observed', title: 'Observed', kind: 'word', audience: 'people', value: tellObserved },
          { name: 'observed', title: 'Observed', kind: 'number', audience: 'programs', value: ({ observed }) => observed },
          { name: 'ci95_low', title: 'Low', kind: 'number', audience: 'programs', value: ({ ci95 }) => ci95?.[0] ?? null },
          { name: 'ci95_high', title: 'High', kind: 'number', audience: 'programs', value: ({ ci95 }) => ci95?.[1] ?? null },
          { name: 'unit', title: 'Unit', kind: 'word', audience: 'programs', value: ({ expectation }) => expectation.unit },
          { name: 'note', title: 'Note', kind: 'prose', value: tellNote },
        ],
      }),
    },
  ];
}

/** The value that was found, in the unit of the expectation, with its interval. */
export function tellObserved({ observed, ci95, expectation }: ExpectationOutcome): string {
  if (observed === null) return 'n/a';
  const show = expectation.unit === 'value' ? showValue : (value: number | null) => (value ?? 0).toFixed(2);
  return `${show(observed)}${UNITS[expectation.unit]}${ci95 === null ? '' : ` (${showInterval(ci95, show)})`}`;
}

const ORDER: readonly ExpectationOutcome['state'][] = ['failed', 'not_testable', 'held'];
const UNITS = { pp: ' pp', x: ' x', value: '' };

function tellNote({ reason, is_late }: ExpectationOutcome): string | null {
  const notes = [...(reason === null ? [] : [reason]), ...(is_late ? ['registered after the run'] : [])];
  return notes.length === 0 ? null : notes.join('; ');
}
