const DAY_MS = 86_400_000;

/** Days from a date (YYYY-MM-DD, with - or /, a time after it ignored) to a moment; 0 for one yet to come, null for what is no date. */
export function ageInDays(date: string, nowMs: number): number | null {
  const [, year, month, day] = /^(\d{4})[-/](\d{2})[-/](\d{2})(?!\d)/.exec(date.trim()) ?? [];
  if (year === undefined) return null;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const isOnCalendar = new Date(ms).getUTCDate() === Number(day) && new Date(ms).getUTCMonth() === Number(month) - 1;
  return isOnCalendar ? Math.max(0, (nowMs - ms) / DAY_MS) : null;
}
