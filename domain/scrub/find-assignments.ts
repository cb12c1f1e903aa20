import { REDACTED, type Finding } from './finding.ts';

/** Values behind the name of a secret and `=` or `:`. The name stays. */
export function* findAssignments(text: string): Generator<Finding> {
  let done = 0;
  for (const { 0: name, index } of text.matchAll(NAME)) {
    if (index < done) continue;
    const { start, end } = valueAt(text, index + name.length);
    if (isValue(text.slice(start, end))) {
      yield { class: 'secret', start, end };
      done = end;
    }
  }
}

const NAME = /(?:password|passwd|secret|token|api[_-]?key)\\{0,3}["'\]]{0,2}\s*(?:=>|:=|={1,3}|:(?!:))\s*/gi;
/** Behind a mark that is never closed, the next one belongs to something else. */
const LONGEST_QUOTED = 512;
const BARE = /(?:[^\s&]|&(?!\w{1,40}=))+/y;

function valueAt(text: string, at: number): { start: number; end: number } {
  const start = at + (/^\\{0,3}(?=["'`])/.exec(text.slice(at, at + 4))?.[0].length ?? 0);
  const mark = text.charAt(start);
  if (/["'`]/.test(mark)) {
    const close = text.indexOf(mark, start + 1);
    if (close > start && close - start <= LONGEST_QUOTED) return { start: start + 1, end: text[close - 1] === '\\' ? close - 1 : close };
  }
  BARE.lastIndex = start;
  const run = BARE.exec(text)?.[0] ?? '';
  return { start, end: start + run.replace(/[.,;?)}"'`]{1,8}$/, '').length };
}

/** Neither nothing nor what has been taken out before. */
function isValue(value: string): boolean {
  return value !== '' && value !== REDACTED && value !== 'Bearer' && value !== `Bearer ${REDACTED}` && !value.startsWith('//');
}
