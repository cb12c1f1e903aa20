const DAY_MS = 86_400_000;

/** The ISO 8601 week of an instant in UTC, such as `2026-W53` for the first of January 2027. RangeError for a text that is no instant. */
export function isoWeek(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime()))
    throw new RangeError(`telling a week, on ${JSON.stringify(instant)}: expected an instant, found none. Pass one in ISO 8601.`);
  const day = Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate());
  // A week belongs to the year of its Thursday.
  const thursday = new Date(day + (4 - (at.getUTCDay() || 7)) * DAY_MS);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
