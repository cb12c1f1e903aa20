/**
 * The moment of a date as LongMemEval writes it, `2023/05/21 (Sun) 19:50`, or of an ISO date, in ISO 8601 and UTC; a date without a time stays one.
 * Undefined for any other text and for days that no calendar has.
 */
export function effectiveDate(text: string | null | undefined): string | undefined {
  const [, year, month, day, hour, minute] = DATE.exec(text?.trim() ?? '') ?? [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year}-${month}-${day}`;
  const moment = new Date(`${date}T${hour ?? '00'}:${minute ?? '00'}:00Z`);
  if (Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(date)) return undefined;
  return hour === undefined ? date : `${date}T${hour}:${minute}:00Z`;
}

const DATE = /^(\d{4})[/-](\d{2})[/-](\d{2})(?:\s*\(\w{2,9}\))?(?:[T\s]+(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?Z?)?$/;
