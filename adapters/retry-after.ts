/** Milliseconds to wait by a `Retry-After` header, which holds seconds or a date (RFC 9110, 10.2.3); null when it is absent or says nothing readable. */
export function readRetryAfter(header: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
  // A date names its month; anything shorter would be read as one by a parser that wants to please.
  const dateMs = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}
