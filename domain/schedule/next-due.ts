import { ConfigError } from '../shared/errors.ts';
import type { Cron } from './parse-cron.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 366 * 8 + 2;

/**
 * The first instant after `nowMs` at which a cron line matches the clock of a time zone; null where none comes within eight years. A time that the clock
 * skips does not come; one that it shows twice comes at its first. ConfigError for a time zone that nobody knows.
 */
export function nextDue(cron: Cron, timeZone: string, nowMs: number): string | null {
  const clock = clockOf(timeZone);
  const today = localDay(clock, nowMs);
  for (let day = today; day < today + MOST_DAYS * DAY_MS; day += DAY_MS) {
    if (!isDayOf(cron, day)) continue;
    for (const hour of cron.hours) {
      for (const minute of cron.minutes) {
        const instant = instantOf(clock, day + (hour * 60 + minute) * 60_000);
        if (instant !== null && instant > nowMs) return new Date(instant).toISOString();
      }
    }
  }
  return null;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  try {
    const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
    return new Intl.DateTimeFormat('en-US', { timeZone, ...fields, hourCycle: 'h23' });
  } catch {
    throw new ConfigError(
      `reading the time zone of a schedule: expected an IANA name, found ${JSON.stringify(timeZone)}.`,
      'Write it like Europe/Berlin or UTC.',
    );
  }
}

/** What a clock shows, as if it were UTC. */
function shownAt(clock: Intl.DateTimeFormat, instant: number): number {
  const parts = clock.formatToParts(instant);
  const at = (field: Intl.DateTimeFormatPartTypes): number => Number(parts.find(({ type }) => type === field)?.value);
  return Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
}

function localDay(clock: Intl.DateTimeFormat, instant: number): number {
  return Math.floor(shownAt(clock, instant) / DAY_MS) * DAY_MS;
}

function isDayOf({ days, months, weekdays }: Cron, day: number): boolean {
  const date = new Date(day);
  return days.includes(date.getUTCDate()) && months.includes(date.getUTCMonth() + 1) && weekdays.includes(date.getUTCDay());
}

/** The earliest instant at which the clock shows it; null where it never does. */
function instantOf(clock: Intl.DateTimeFormat, shown: number): number | null {
  const offsets = [-DAY_MS, DAY_MS].map((around) => shownAt(clock, shown + around) - (shown + around));
  const instants = offsets.map((offset) => shown - offset).sort((left, right) => left - right);
  return instants.find((instant) => shownAt(clock, instant) === shown) ?? null;
}
