import type { QaWorklistRow } from '../../../schemas/bench-qa.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import type { HashedRow } from '../corpus/logical-hash.ts';
import { readQuestion, type QaLine, type QaQuestion } from './read-row.ts';
import { eventsById, resolveGoldens } from './resolve.ts';

/** The questions that cannot be scored against a corpus, each with the events that could be its golden. */
export function qaWorklist(rows: readonly QaLine[], events: readonly HashedRow[]): QaWorklistRow[] {
  const byId = eventsById(events);
  const unscoreable = rows.map(readQuestion).filter((question) => resolveGoldens(question, byId).resolved.length === 0);
  return worklistRows(unscoreable, events);
}

/** The same for questions that are known to need a golden. */
export function worklistRows(questions: readonly QaQuestion[], events: readonly HashedRow[]): QaWorklistRow[] {
  const sorted = [...events].sort((left, right) => compareCodePoints(left.event_id, right.event_id));
  return questions.map(({ qaId, question, sourceFilter, goldens }) => ({
    qa_id: qaId,
    question,
    source_filter: sourceFilter ?? null,
    current_golden_event_id: goldens.find((golden) => golden !== null) ?? null,
    candidate_event_ids: sorted
      .filter(({ source }) => typeof sourceFilter !== 'string' || source === sourceFilter)
      .map(({ event_id }) => event_id),
  }));
}
