import type { Random } from '../../shared/random.ts';
import { STATIONS } from '../facts.ts';

/** The names and numbers a coding question turns on. */
export interface CodeFacts {
  readonly table: string;
  readonly column: string;
  readonly fn: string;
  readonly station: string;
  readonly days: number;
  readonly limit: number;
}

/** A coding question with two answers that hold, one that does not, and one that stops half way. */
export interface CodeTopic {
  readonly name: string;
  readonly ask: (facts: CodeFacts) => string;
  readonly good: readonly ((facts: CodeFacts) => string)[];
  readonly wrong: (facts: CodeFacts) => string;
  readonly half: (facts: CodeFacts) => string;
}

export function drawCodeFacts(random: Random): CodeFacts {
  return {
    table: random.pick(['bookings', 'rentals', 'repairs', 'tours', 'transfers', 'inspections', 'invoices']),
    column: random.pick(['station', 'bike_kind', 'status', 'guide', 'color', 'frame', 'weekday']),
    fn: `${random.pick(['collect', 'list', 'sort', 'load', 'build', 'export', 'plan', 'read'])}${random.pick(['Rides', 'Bikes', 'Slots', 'Docks', 'Tours', 'Repairs', 'Shifts'])}`,
    station: random.pick(STATIONS),
    days: random.int(12) + 2,
    limit: random.int(6) + 3,
  };
}
