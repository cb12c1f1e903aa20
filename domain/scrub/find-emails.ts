import type { Finding } from './finding.ts';

/** Addresses of the standard form. The sign may be percent-encoded, as in URLs. */
export function* findEmails(text: string): Generator<Finding> {
  let done = 0;
  for (const { 0: sign, index } of text.matchAll(/@|%40/g)) {
    // The encoded sign is made of what a name may hold, so it is looked back from a bounded way.
    const local = localBefore(text, index, sign === '@' ? done : Math.max(done, index - LONGEST_ENCODED_NAME));
    const domain = domainAt(text, index + sign.length);
    if (local === '' || domain === '' || (sign === '@' && /^\dx\.[a-z]+$/i.test(domain))) continue;
    done = index + sign.length + domain.length;
    yield { class: 'email', start: index - local.length, end: done };
  }
}

const LONGEST_ENCODED_NAME = 64;
const NAME_SIGN = /[\p{L}\p{N}.!#$%&'*+/=?^_{|}~-]/u;
const DOMAIN_RUN = /[\p{L}\p{N}.-]{1,253}/uy;

function localBefore(text: string, at: number, least: number): string {
  let start = at;
  while (start > least && NAME_SIGN.test(text.charAt(start - 1))) start -= 1;
  // What stands before a name in text rather than in it: the sign of a setting, a path, a quotation mark.
  return text
    .slice(start, at)
    .replace(/^.*[/=?&{}|]/s, '')
    .replace(/^[.!#$%'*^~]+/, '');
}

function domainAt(text: string, at: number): string {
  DOMAIN_RUN.lastIndex = at;
  const labels = (DOMAIN_RUN.exec(text)?.[0] ?? '').split('.');
  const gap = labels.indexOf('');
  const whole = gap < 0 ? labels : labels.slice(0, gap);
  while (whole.length > 0 && !/^(?:\p{L}{2,63}|xn--[a-z\d-]{1,59})$/iu.test(whole.at(-1)!.replace(/-+$/, ''))) whole.pop();
  return whole.length < 2 ? '' : whole.join('.').replace(/-+$/, '');
}
