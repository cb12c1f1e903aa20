import type { RecordedField } from '../../schemas/determinism-report.ts';
import { isObject, type JsonValue } from '../shared/json.ts';

/** Something of a run that has a run id: a file, or a model's part of it. */
export interface Recorder {
  readonly runId: string;
}

/** What each of some runs records about a field, equal values together: values in their order, what is not recorded last. */
export function recordField<Run extends Recorder>(field: string, runs: readonly Run[], read: (run: Run) => string | null): RecordedField {
  const idsOf = new Map<string | null, string[]>();
  for (const run of runs) {
    const value = read(run);
    idsOf.set(value, [...(idsOf.get(value) ?? []), run.runId]);
  }
  const recorded = [...idsOf.keys()].filter((value) => value !== null).sort();
  const all = idsOf.has(null) ? [...recorded, null] : recorded;
  return { field, values: all.map((value) => ({ value, run_ids: (idsOf.get(value) ?? []).sort() })) };
}

/** True when two runs record different values. */
export function differs({ values }: RecordedField): boolean {
  return values.filter(({ value }) => value !== null).length > 1;
}

/** True when every run records it. */
export function isRecordedByAll({ values }: RecordedField): boolean {
  return values.length > 0 && values.every(({ value }) => value !== null);
}

/** A recorded value as text by which it compares; null when there is none: absent, null, NaN or an empty text. */
export function showRecorded(value: JsonValue | undefined): string | null {
  if (value === undefined || value === null || value === '' || Number.isNaN(value)) return null;
  return typeof value === 'string' ? value : JSON.stringify(value, inOneOrder);
}

/** Keys in one order, and infinities as words: a file may hold them, JSON cannot. */
function inOneOrder(_key: string, value: JsonValue): JsonValue {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return isObject(value) ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))) : value;
}
