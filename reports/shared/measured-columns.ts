import { showValue } from './bench-values.ts';
import type { ColumnOf } from './table.ts';

/** A measured value, to four decimals for people and exactly for programs. */
export function measured<Row>(
  name: string,
  title: string,
  read: (row: Row) => number | null,
  show: (value: number | null) => string = showValue,
): ColumnOf<Row>[] {
  return [
    { name, title, kind: 'value', audience: 'people', value: (row) => show(read(row)) },
    { name, title, kind: 'number', audience: 'programs', value: read },
  ];
}

/** The ends of an interval, in one column for people and in two for programs. */
export function interval<Row>(
  title: string,
  read: (row: Row) => readonly [number, number] | null,
  show: (ends: readonly [number, number] | null) => string,
): ColumnOf<Row>[] {
  return [
    { name: 'ci95', title, kind: 'word', audience: 'people', value: (row) => show(read(row)) },
    { name: 'ci95_low', title, kind: 'number', audience: 'programs', value: (row) => read(row)?.[0] ?? null },
    { name: 'ci95_high', title, kind: 'number', audience: 'programs', value: (row) => read(row)?.[1] ?? null },
  ];
}
