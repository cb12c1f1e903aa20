import { asText, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';

/** Fields that say when what a page tells happened, in their order. When a page was made or brought in is no such date. */
const DATED = ['event_date', 'date', 'published'] as const;
const SOURCES: readonly (string | undefined)[] = ['front_matter', 'text', 'user'];

/** The date of a page's content and where it comes from; nothing where the fields state none. A date that stands for a lost one is none. */
export function statedDate(fields: JsonObject): { effective_date?: string; effective_date_source?: string } {
  const source = asText(fields.effective_date_source);
  if (source === 'fallback') return {};
  const stated = asText(fields.effective_date)?.trim() ?? '';
  const date = stated === '' ? DATED.map((name) => dayOf(fields[name])).find((day) => day !== undefined) : stated;
  if (date === undefined) return {};
  return { effective_date: date, effective_date_source: source !== undefined && SOURCES.includes(source) ? source : 'front_matter' };
}

/** A text that begins with a day of the calendar, year first. */
function dayOf(value: JsonValue | undefined): string | undefined {
  const text = asText(value)?.trim() ?? '';
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:[T ]\S.*)?$/.exec(text) ?? [];
  if (day === undefined) return undefined;
  const time = Date.parse(`${day}T00:00:00Z`);
  // The built-in parser takes the 30th of February for the 1st or 2nd of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? text : undefined;
}
