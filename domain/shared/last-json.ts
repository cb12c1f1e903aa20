/**
 * The last complete JSON object or array in a text, as it stands there; undefined without one. Prose and code fences around it, stray braces and values
 * that were never ended are passed over, and what stands inside another value is not taken by itself. Whether it is sound (keys that stand twice, depth)
 * is for whoever parses it. Takes time in proportion to the text, whatever it holds.
 */
export function lastJsonText(text: string): string | undefined {
  let last: string | undefined;
  const broken = new Set<number>();
  const start = /[{[]/g;
  for (let found = start.exec(text); found !== null; found = start.exec(text)) {
    const end = broken.has(found.index) ? undefined : endOf(text, found.index, broken);
    if (end === undefined) continue;
    last = text.slice(found.index, end);
    start.lastIndex = end;
  }
  return last;
}

/** The place behind the object or array that begins here. Where it breaks off, `broken` gets its place and those of all that were open inside it. */
function endOf(text: string, start: number, broken: Set<number>): number | undefined {
  const open: number[] = [];
  let at: number | undefined = start;
  while (at !== undefined) {
    if (text[at] === '{' || text[at] === '[') {
      open.push(at);
      const inside: number = skip(SPACE, text, at + 1)!;
      if (text[inside] !== closing(text, open)) {
        at = toValue(text, inside, open);
        continue;
      }
      at = inside;
    } else {
      at = skip(SCALAR, text, at);
    }
    while (at !== undefined && text[at] === closing(text, open)) {
      open.pop();
      if (open.length === 0) return at + 1;
      at = skip(SPACE, text, at + 1);
    }
    at = at !== undefined && text[at] === ',' ? toValue(text, skip(SPACE, text, at + 1)!, open) : undefined;
  }
  for (const place of open) broken.add(place);
  return undefined;
}

const STRING = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"`;
const SPACES = String.raw`[ \t\n\r]*`;
const SPACE = new RegExp(SPACES, 'y');
const KEY = new RegExp(`${STRING}${SPACES}:${SPACES}`, 'y');
const SCALAR = new RegExp(String.raw`(?:${STRING}|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)${SPACES}`, 'y');

function closing(text: string, open: readonly number[]): string {
  return text[open.at(-1)!] === '{' ? '}' : ']';
}

/** Where the next value begins: behind its key in an object. */
function toValue(text: string, at: number, open: readonly number[]): number | undefined {
  return closing(text, open) === '}' ? skip(KEY, text, at) : at;
}

function skip(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
