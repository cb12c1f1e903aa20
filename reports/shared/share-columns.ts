import { formatShare } from './format.ts';
import type { ColumnOf } from './table.ts';

/** A share of 0..1 and where it may lie by chance; null where nothing was counted. */
export interface MeasuredShare {
  readonly rate: number | null;
  readonly ci95: readonly [number, number] | null;
}

/** A share with its interval: in one column for people, in three for programs. */
export function shareColumns<Row>(name: string, title: string, read: (row: Row) => MeasuredShare | null): ColumnOf<Row>[] {
  return [
    { name, title, kind: 'number', audience: 'people', value: (row) => showShare(read(row)) },
    { name, title, kind: 'number', audience: 'programs', value: (row) => read(row)?.rate ?? null },
    { name: `${name}_low`, title, kind: 'number', audience: 'programs', value: (row) => read(row)?.ci95?.[0] ?? null },
    { name: `${name}_high`, title, kind: 'number', audience: 'programs', value: (row) => read(row)?.ci95?.[1] ?? null },
  ];
}

/** `83.0% (74.5% to 89.1%)`, or a dash where nothing was counted. */
export function showShare(share: MeasuredShare | null): string {
  if (share === null || share.rate === null) return '–';
  const { rate, ci95 } = share;
  return `${formatShare(rate)}${ci95 === null ? '' : ` (${formatShare(ci95[0])} to ${formatShare(ci95[1])})`}`;
}
