/** White space that separates the columns of TREC files. */
const BETWEEN = /[ \t\r\v\f]+/;

/** The columns of a line; null for a line that says nothing: blank, or a comment that begins with #. */
export function splitColumns(line: string): string[] | null {
  const text = line.trim();
  return text === '' || text.startsWith('#') ? null : text.split(BETWEEN);
}

const WHOLE = /^[+-]?\d{1,15}$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A grade, which is a whole number, also a negative one; undefined for anything else. */
export function parseGrade(text: string): number | undefined {
  return WHOLE.test(text) ? Number(text) : undefined;
}

/** A score in single precision, as trec_eval keeps it; undefined for what is no finite number, or too large for one. */
export function parseScore(text: string): number | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const score = Math.fround(Number(text));
  return Number.isFinite(score) ? score : undefined;
}
