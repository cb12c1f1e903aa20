import type { QaRow } from '../../../schemas/bench-qa.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import type { Sha256 } from '../../shared/ledger-row.ts';
import { compareRows, type EventContent } from '../corpus/corpus-row.ts';
import { drawEvenly, drawOrder } from '../corpus/draw.ts';

/** Rows of a first fixture: a question still to be written for each of `count` events, spread evenly over the sources; all events when there are fewer. */
export function draftQa(
  events: readonly EventContent[],
  { count, seed }: { readonly count: number; readonly seed: number },
  sha256: Sha256,
): QaRow[] {
  const drawable = events.map((event) => ({ event, group: event.source, order: drawOrder(seed, event.event_id, sha256) }));
  const drawn = drawEvenly(drawable)
    .slice(0, count)
    .map(({ event }) => event)
    .sort(compareRows);
  const digits = Math.max(3, String(drawn.length).length);
  return drawn.map((event, index) => ({
    qa_id: `qa-${String(index + 1).padStart(digits, '0')}`,
    question: '',
    golden_event_id: event.event_id,
    golden_content_sha256: [event.content_sha256],
    source_filter: event.source,
    acceptable_answer_keywords: [],
    tags: [],
  }));
}

/** Rows by their `source_filter`, as the provenance of a draft records them. */
export function stratify(rows: readonly QaRow[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { source_filter: source } of rows) if (source !== null) counts.set(source, (counts.get(source) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([left], [right]) => compareCodePoints(left, right)));
}
