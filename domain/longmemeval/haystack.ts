import type { LongMemEvalQuestion, LongMemEvalTurn } from '../../schemas/longmemeval-question.ts';
import type { SearchPage } from '../../schemas/search-page.ts';
import { effectiveDate } from './effective-date.ts';
import { neutralizeMarks } from './neutralize-marks.ts';
import { sessionSlug, type Sha256 } from './session-slug.ts';
import { sessionText } from './session-text.ts';

/** A session as the dataset gives it, whichever of its forms that is in. */
export interface HaystackSession {
  readonly rawId: string;
  /** As it is written; null when none is stated. */
  readonly date: string | null;
  readonly turns: readonly LongMemEvalTurn[];
}

/** What a question is searched in. The side maps are for us; nothing of them may reach an engine or a model. */
export interface Haystack {
  readonly pages: readonly SearchPage[];
  /** By slug. */
  readonly rawIds: ReadonlyMap<string, string>;
  /** Dates as they are written, by slug, of sessions that have one. */
  readonly dates: ReadonlyMap<string, string>;
  /** Session ids that come more than once, each as often as it comes again. */
  readonly duplicates: readonly string[];
}

/** The pages of a question: one for each session, and one for each further text under the same id. */
export function buildHaystack(question: LongMemEvalQuestion, sha256: Sha256): Haystack {
  const pages: SearchPage[] = [];
  const rawIds = new Map<string, string>();
  const dates = new Map<string, string>();
  const duplicates: string[] = [];
  const textsOf = new Map<string, string[]>();
  const sessions = sessionsOf(question);
  const ids = new Set([...sessions.map(({ rawId }) => rawId), ...question.answer_session_ids]);
  for (const { rawId, date, turns } of sessions) {
    const text = neutralizeMarks(sessionText(turns), ids);
    const known = textsOf.get(rawId) ?? [];
    if (known.length > 0) duplicates.push(rawId);
    if (known.includes(text)) continue;
    textsOf.set(rawId, [...known, text]);
    const slug = sessionSlug(question.question_id, rawId, known.length + 1, sha256);
    rawIds.set(slug, rawId);
    if (date !== null) dates.set(slug, date);
    pages.push(pageOf(slug, text, effectiveDate(date)));
  }
  return { pages, rawIds, dates, duplicates };
}

/** The sessions in the order of the haystack; one without an id gets `lme_<question id>_<place>`, counted from 0. */
export function sessionsOf(question: LongMemEvalQuestion): HaystackSession[] {
  const { question_id: id, haystack_session_ids: ids, haystack_dates: dates } = question;
  return question.haystack_sessions.map((session, at) => {
    const own = Array.isArray(session) ? { turns: session } : session;
    const rawId = ('session_id' in own ? own.session_id : undefined) ?? ids?.[at];
    const date = dates?.[at] ?? ('date' in own ? own.date : undefined);
    return {
      rawId: rawId === undefined || rawId === null || rawId === '' ? `lme_${id}_${at}` : rawId,
      date: date === undefined || date === null || date.trim() === '' ? null : date.trim(),
      turns: own.turns,
    };
  });
}

/** Title and type say nothing of the session, and neither does anything else but its own words and its date. */
function pageOf(slug: string, text: string, date: string | undefined): SearchPage {
  return {
    source_id: 'default',
    slug,
    title: '',
    type: 'chat',
    text,
    aliases: [],
    links: [],
    takes: [],
    session_id: slug,
    ...(date === undefined ? {} : { effective_date: date, effective_date_source: 'front_matter' }),
  };
}
