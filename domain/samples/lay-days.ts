import { layLines, type LineStyle } from './lay-files.ts';
import { STORY_DAYS } from './moments.ts';
import type { Entry, LaidFile, Told } from './telling.ts';

/** What happens to the file of one day besides its records: lines put in at a place, and how the lines are written. */
export interface DayTreatment {
  /** Called with the day's records in order of time; returns all entries of the file. */
  readonly arrange?: (records: readonly Told[]) => readonly Entry[];
  readonly style?: LineStyle;
}

/** One line file a story day, records in order of their time. */
export function layDays(folder: string, records: readonly Told[], treatments: Readonly<Record<string, DayTreatment>> = {}): LaidFile[] {
  return STORY_DAYS.map((day) => {
    const ofDay = records.filter((record) => record.day === day).toSorted((a, b) => timeOf(a) - timeOf(b));
    const { arrange, style } = treatments[day] ?? {};
    return layLines(`${folder}/${day}.jsonl`, arrange ? arrange(ofDay) : ofDay, style);
  });
}

/** The entries with one more at a place. */
export function insertAt(entries: readonly Entry[], place: number, ...added: readonly Entry[]): Entry[] {
  return [...entries.slice(0, place), ...added, ...entries.slice(place)];
}

function timeOf(told: Told): number {
  const metadata = told.value['metadata'] as { created_at?: string } | undefined;
  return Date.parse(String(told.value['created_at'] ?? metadata?.created_at));
}
