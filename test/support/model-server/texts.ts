/** The string values of a JSON text, joined; the text itself where it is none. */
export function wordsOf(text: string): string[] {
  return leavesOf(text)
    .join(' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** What stands between the marks of a fence with this label; undefined when there is none. */
export function insideFence(text: string, label: string): string | undefined {
  const start = text.indexOf(`<<<${label}\n`);
  const end = text.indexOf(`\n${label}>>>`, start);
  return start < 0 || end < 0 ? undefined : text.slice(start + label.length + 4, end);
}

export function parseOr<Fallback>(text: string, fallback: Fallback): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return fallback;
  }
}

function leavesOf(text: string): string[] {
  const value = parseOr(text, text);
  return typeof value === 'string' ? [value] : collect(value);
}

function collect(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collect) : [];
}
