import type { SearchPage } from '../../schemas/search-page.ts';
import { SESSION_SLUG } from './session-slug.ts';

/** What must not reach an engine or a model, and where it was found. It names the kind of it, never the text. */
export interface Leak {
  readonly where: 'slug' | 'title' | 'fields' | 'text' | 'prompt' | 'query';
  readonly what: 'a session id' | 'the mark of evidence sessions' | 'the mark of evidence turns' | 'a field that no session has';
}

/** The first leak of gold in the pages of a question; undefined when there is none. */
export function findLeakInPages(pages: readonly SearchPage[], rawIds: Iterable<string>): Leak | undefined {
  const traces = startScan(rawIds);
  for (const page of pages) {
    if (!SESSION_SLUG.test(page.slug) || page.session_id !== page.slug) return { where: 'slug', what: 'a session id' };
    if (page.title !== '') return { where: 'title', what: 'a field that no session has' };
    if (hasOtherFields(page)) return { where: 'fields', what: 'a field that no session has' };
    const what = traces(page.text ?? '');
    if (what !== undefined) return { where: 'text', what };
  }
  return undefined;
}

/** The same for texts that are sent: the query of a search, the prompts of reader and judge. */
export function findLeakInText(where: 'prompt' | 'query', text: string, rawIds: Iterable<string>): Leak | undefined {
  const what = startScan(rawIds)(text);
  return what === undefined ? undefined : { where, what };
}

const FIELDS = new Set([
  ...['source_id', 'slug', 'title', 'type', 'text', 'aliases', 'links', 'takes', 'session_id'],
  ...['effective_date', 'effective_date_source'],
]);

function hasOtherFields(page: SearchPage): boolean {
  const isFilled = page.aliases.length > 0 || page.links.length > 0 || page.takes.length > 0 || page.type !== 'chat';
  const isDate = page.effective_date === undefined || /^[\d-]{10}(?:T[\d:]{8}Z)?$/.test(page.effective_date);
  return isFilled || !isDate || Object.keys(page).some((name) => !FIELDS.has(name));
}

/** Ids as short or plain as this are also words that people use; they stand in no field, which is all that can be said of them. */
const TELLING_ID = /^(?=.*\d).{6,}$/s;
const ONE_WORD = /^[\w-]+$/;

/** Looks for whole ids in running text. A session has half a million characters and fifty ids, so the text is read once for all of them. */
function startScan(rawIds: Iterable<string>): (text: string) => Leak['what'] | undefined {
  const telling = [...rawIds].filter((id) => TELLING_ID.test(id));
  const words = new Set(telling.filter((id) => ONE_WORD.test(id)));
  const others = telling.filter((id) => !ONE_WORD.test(id));
  return (text) => {
    const mark = findMark(text);
    if (mark !== undefined) return mark;
    if (others.some((id) => text.includes(id)) || (words.size > 0 && holdsWord(text, words))) return 'a session id';
    return undefined;
  };
}

/** Underscores are rare in chats, and looking for one sign is ten times as fast as for a word. */
function findMark(text: string): Leak['what'] | undefined {
  for (let at = text.indexOf('_'); at >= 0; at = text.indexOf('_', at + 1)) {
    if (text.startsWith('answer', at - 6)) return 'the mark of evidence sessions';
    if (text.startsWith('has_answer', at - 3)) return 'the mark of evidence turns';
  }
  return undefined;
}

/** Every id has a digit: only the words around digits are looked at. */
function holdsWord(text: string, words: ReadonlySet<string>): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) continue;
    let [from, to] = [at, at + 1];
    while (from > 0 && isWordSign(text.charCodeAt(from - 1))) from -= 1;
    while (to < text.length && isWordSign(text.charCodeAt(to))) to += 1;
    if (to - from >= 6 && words.has(text.slice(from, to))) return true;
    at = to;
  }
  return false;
}

function isWordSign(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 45;
}
