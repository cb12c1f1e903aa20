import type { Finding } from './finding.ts';

/** User and password of a URL: what stands between `://` and the last `@` before the path. */
export function* findUrlCredentials(text: string): Generator<Finding> {
  for (const { 0: mark, 1: authority = '', index } of text.matchAll(AUTHORITY)) {
    const credentials = authority.slice(0, Math.max(0, authority.lastIndexOf('@')));
    if (!holdsPassword(credentials)) continue;
    const start = index + mark.length - authority.length;
    yield { class: 'secret', start, end: start + credentials.length };
  }
}

const AUTHORITY = /(?<=[a-z][\d+.-]?):\/\/([^\s/"'<>`\\]+)/gi;

/** A query or fragment may hold an address behind a port. */
function holdsPassword(credentials: string): boolean {
  const colon = credentials.indexOf(':');
  const query = credentials.search(/[?#]/);
  if (colon < 0 || query < 0) return colon >= 0;
  return colon < query && !/^\d*$/.test(credentials.slice(colon + 1, query));
}
