import type { QaGraft, QaWorklistRow } from '../../../schemas/bench-qa.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { HashedRow } from '../corpus/logical-hash.ts';
import { readQuestion, type QaLine, type QaQuestion } from './read-row.ts';
import { eventsById, type EventsById } from './resolve.ts';
import { worklistRows } from './worklist.ts';

/** What a graft is made of. */
export interface GraftRequest {
  readonly rows: readonly QaLine[];
  /** Rows of the corpus that the goldens are bound to; empty when it is gone, and then the rows must record the hashes of their goldens. */
  readonly from: readonly HashedRow[];
  readonly to: readonly HashedRow[];
}

/** The rows of the new fixture, what was carried over, and what is left to people. */
export interface Graft {
  readonly rows: readonly JsonObject[];
  readonly mapped: QaGraft['mapped'];
  readonly unmapped: readonly { readonly qa_id: string; readonly old_event_id: string | null }[];
  readonly worklist: readonly QaWorklistRow[];
}

/**
 * Binds goldens to another corpus. One is carried over when exactly one row there has the content of its event; an event of the same id counts for
 * nothing. A golden that is not carried over is left empty, because its old id may mean another event by now.
 */
export function graftQa({ rows, from, to }: GraftRequest): Graft {
  const old = eventsById(from);
  const byHash = indexByHash(to);
  const grafted = rows.map((row) => graftQuestion(readQuestion(row), old, byHash));
  const unmapped = grafted.flatMap(({ question, moves }) =>
    moves.filter(({ now }) => now === undefined).map(({ before }) => ({ qa_id: question.qaId, old_event_id: before })),
  );
  const needy = new Set(unmapped.map(({ qa_id }) => qa_id));
  return {
    rows: grafted.map(({ row }) => row),
    mapped: grafted.flatMap(({ question, moves }) =>
      moves.flatMap(({ before, now }) =>
        before === null || now === undefined ? [] : [{ qa_id: question.qaId, old_event_id: before, new_event_id: now.event_id }],
      ),
    ),
    unmapped,
    worklist: worklistRows(
      grafted.filter(({ question }) => needy.has(question.qaId)).map(({ question }) => question),
      to,
    ),
  };
}

interface Move {
  readonly before: string | null;
  readonly now: HashedRow | undefined;
}

function graftQuestion(question: QaQuestion, old: EventsById, byHash: ReadonlyMap<string, readonly HashedRow[]>) {
  // A question without any golden needs one as much as a question whose golden is gone.
  const befores = question.goldens.length === 0 ? [null] : question.goldens;
  const moves = befores.map((before, at): Move => ({ before, now: onlyOne(byHash, before, hashOf(question, at, old)) }));
  const goldens = moves.flatMap(({ now }) => now ?? []);
  const row: JsonObject = {
    ...question.value,
    qa_id: question.qaId,
    golden_content_sha256: goldens.map((golden) => golden.content_sha256),
  };
  if (question.isList) {
    row.golden_event_ids = goldens.map((golden) => golden.event_id);
    delete row.golden_event_id;
  } else row.golden_event_id = goldens[0]?.event_id ?? null;
  return { question, moves, row };
}

/** The corpus knows better than what was once noted beside the golden. */
function hashOf({ goldens, hashes }: QaQuestion, at: number, old: EventsById): string | undefined {
  const golden = goldens[at];
  if (golden === null || golden === undefined) return undefined;
  return old.get(golden)?.content_sha256 ?? (old.size === 0 ? (hashes[at] ?? undefined) : undefined);
}

function onlyOne(
  byHash: ReadonlyMap<string, readonly HashedRow[]>,
  before: string | null,
  hash: string | undefined,
): HashedRow | undefined {
  const found = before === null || hash === undefined ? [] : (byHash.get(hash) ?? []);
  return found.length === 1 ? found[0] : undefined;
}

function indexByHash(rows: readonly HashedRow[]): Map<string, HashedRow[]> {
  const index = new Map<string, HashedRow[]>();
  for (const row of rows) index.set(row.content_sha256, [...(index.get(row.content_sha256) ?? []), row]);
  return index;
}
