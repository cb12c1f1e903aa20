import { formatPart, formatShare } from '../../reports/shared/format.ts';
import type { ReplayShare } from '../../schemas/replay-measures.ts';

/** A share with its interval: `80/100 80% [71.1%, 86.7%]`. */
export function tellShare({ hit, total, ci95 }: ReplayShare): string {
  return `${tellPart(hit, total)}${ci95 === null ? '' : ` [${formatShare(ci95[0])}, ${formatShare(ci95[1])}]`}`;
}

/** A part of a whole: `80/100 80.0%`. */
export function tellPart(part: number, whole: number): string {
  return `${part}/${whole} ${formatPart(part, whole)}`;
}
