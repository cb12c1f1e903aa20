import type { ContradictionEnd } from '../../schemas/contradiction-report.ts';

/** Where a date of a page may come from to say something of its content; anything else tells when a file was written or taken in. */
const CONTENT_SOURCES: ReadonlySet<string> = new Set([
  'front_matter',
  'text',
  'user',
  'take',
  'date',
  'event_date',
  'published',
  'filename',
]);

/** A date and where it comes from. */
export interface ContentDate {
  readonly date: string;
  /** Null where nobody says. */
  readonly source: string | null;
}

/** The date that a page's content states. Null for none, for a blank one, and for one that is of an import or of a file. */
export function contentDate(end: Pick<ContradictionEnd, 'effective_date' | 'effective_date_source'>): ContentDate | null {
  const date = end.effective_date?.trim() ?? '';
  const source = end.effective_date_source?.trim() || null;
  return date === '' || (source !== null && !CONTENT_SOURCES.has(source)) ? null : { date, source };
}
