import type { Random } from '../shared/random.ts';

/** The four days the story tells of. */
export const STORY_DAYS = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'] as const;

/** A moment between 06:00 and 21:59 UTC on one of the story's days, ISO 8601. */
export function momentWithin(random: Random, day: string = random.pick(STORY_DAYS)): string {
  return `${day}T${twoDigits(6 + random.int(16))}:${twoDigits(random.int(60))}:${twoDigits(random.int(60))}Z`;
}

/** The moment some seconds later. */
export function laterBy(moment: string, seconds: number): string {
  return new Date(Date.parse(moment) + seconds * 1000).toISOString();
}

/** The UTC day of a moment. */
export function dayOf(moment: string): string {
  return new Date(Date.parse(moment)).toISOString().slice(0, 10);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
