import type { Finding } from './finding.ts';

/** The word bearer in any letters with a token behind it. Both go: what stays is `Bearer`. */
export function* findBearers(text: string): Generator<Finding> {
  for (const { 0: found, 1: run = '', index } of text.matchAll(/\bbearer(?=[\s:="'])[\s:="']{1,6}([\w.~+/=-]+)/gi)) {
    const token = run.replace(/\.{1,3}$/, '');
    if (isToken(token)) yield { class: 'bearer', start: index, end: index + found.length - run.length + token.length, kept: 'Bearer ' };
  }
}

/** Tells a token from the words that follow the bearer of a letter, or bearer authentication. */
function isToken(run: string): boolean {
  if (run.length < 6) return false;
  if (/\d/.test(run)) return true;
  if (run.length < 8) return false;
  return /[a-z][A-Z]|[_~+=]|\..+\./.test(run) || /[^/-]{20}/.test(run);
}
