import { buildRow, CheckViolation, classifyFailure, ScrubberException, type AnsweredSearch } from '../domain/capture/index.ts';
import { scrubQuery, type ScrubbedQuery } from '../domain/scrub/index.ts';
import type { NewCapturedRow } from '../schemas/captured-row.ts';
import { LONGEST_CAPTURED_QUERY } from '../schemas/vocabulary.ts';
import type { CaptureLog } from './search-ports.ts';

/** How a search is captured. */
export interface CaptureOptions {
  readonly isScrubbed: boolean;
  /** Takes personal data and secrets out; the project's own unless a test brings another. */
  readonly scrub?: (query: string) => ScrubbedQuery;
}

/**
 * Keeps a search that has been answered, or notes why it could not be kept. Never rejects: whoever searched has the answer, whatever becomes of the
 * capture.
 */
export async function captureSearch(log: CaptureLog, search: AnsweredSearch, options: CaptureOptions): Promise<void> {
  try {
    await log.append(rowOf(search, options));
  } catch (error) {
    await noteFailure(log, error);
  }
}

function rowOf(search: AnsweredSearch, { isScrubbed, scrub = scrubQuery }: CaptureOptions): NewCapturedRow {
  refuseLong(search.query);
  const { text, counts } = isScrubbed ? scrubbed(search.query, scrub) : { text: search.query, counts: {} };
  // What takes the place of a finding may be longer than it was.
  refuseLong(text);
  return buildRow(search, text, counts);
}

function refuseLong(query: string): void {
  // Two UTF-16 units make a character at most.
  const isShort =
    query.length <= 2 * LONGEST_CAPTURED_QUERY &&
    (query.length <= LONGEST_CAPTURED_QUERY || countCharacters(query) <= LONGEST_CAPTURED_QUERY);
  if (isShort) return;
  throw new CheckViolation(`capturing a search: expected a query of at most ${LONGEST_CAPTURED_QUERY} characters, found a longer one.`);
}

function countCharacters(text: string): number {
  return [...text].length;
}

function scrubbed(query: string, scrub: (query: string) => ScrubbedQuery): ScrubbedQuery {
  try {
    return scrub(query);
  } catch (error) {
    throw new ScrubberException('scrubbing a query failed', { cause: error });
  }
}

async function noteFailure(log: CaptureLog, error: unknown): Promise<void> {
  try {
    await log.noteFailure(classifyFailure(error));
  } catch {
    // The search goes on even when not even this can be noted.
  }
}
