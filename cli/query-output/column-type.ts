import type { TableColumn } from '../../adapters/lake/database.ts';

/** True for columns of numbers, also when some of them are too long for a double and arrive as text. */
export function isNumeric({ type }: TableColumn): boolean {
  return /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|BIGNUM|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\))$/.test(type);
}
