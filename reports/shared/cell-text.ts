import { formatChange, formatDuration, formatNumber, formatShare, shortenDigest } from './format.ts';
import { describeState } from './states.ts';
import type { Cell, Column, ColumnKind } from './table.ts';

/** What people read for a cell, not yet escaped. */
export function cellText(cell: Cell, { kind, labels = {} }: Pick<Column, 'kind' | 'labels'>): string {
  if (cell === null) return '–';
  if (typeof cell === 'number') return numberText(cell, kind);
  if (kind === 'state') return describeState(String(cell)).label;
  if (kind === 'digest' || (kind === 'value' && isDigest(cell))) return shortenDigest(String(cell));
  return new Map(Object.entries(labels)).get(String(cell)) ?? String(cell);
}

/** True where {@link cellText} leaves something out that a reader may want in full. */
export function isShortened(cell: Cell, kind: ColumnKind): boolean {
  return (kind === 'digest' || kind === 'value') && typeof cell === 'string' && cellText(cell, { kind }) !== cell;
}

function numberText(value: number, kind: ColumnKind): string {
  if (kind === 'share') return formatShare(value);
  if (kind === 'change') return formatChange(value);
  if (kind === 'duration') return formatDuration(value);
  return formatNumber(value);
}

function isDigest(cell: Cell): boolean {
  return typeof cell === 'string' && /^[0-9a-f]{40,64}$/.test(cell);
}
