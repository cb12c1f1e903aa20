import type { HashedRow } from '../corpus/logical-hash.ts';
import type { QaQuestion } from './read-row.ts';

/** The events of a corpus by their ids. */
export type EventsById = ReadonlyMap<string, HashedRow>;

/** Which goldens of a question are events of this corpus. It can be scored when one is. */
export interface Resolution {
  readonly resolved: readonly HashedRow[];
  /** Null for a golden that is no string. */
  readonly unresolved: readonly (string | null)[];
}

/** Looks the goldens of a question up in a corpus: the exact string is the id of one of its rows, or it is not. */
export function resolveGoldens({ goldens }: Pick<QaQuestion, 'goldens'>, events: EventsById): Resolution {
  const resolved = goldens.flatMap((golden) => (golden === null ? [] : (events.get(golden) ?? [])));
  return { resolved, unresolved: goldens.filter((golden) => golden === null || !events.has(golden)) };
}

/** The events of a corpus for {@link resolveGoldens}. */
export function eventsById(rows: readonly HashedRow[]): EventsById {
  return new Map(rows.map((row) => [row.event_id, row]));
}
