import type { ContradictionEnd } from '../../schemas/contradiction-report.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import { contentDate } from './content-date.ts';
import { digestOf } from './digest.ts';

/** Everything of a text that a judge is shown, the text as its digest: what verdicts are kept under. */
export function endIdentity(end: ContradictionEnd): string {
  const dated = contentDate(end);
  return canonicalJson([digestOf(end.text), dated?.date ?? null, dated?.source ?? null, end.holder, end.take_row_num === null]);
}

/** Both ends as a judge sees them, by the digests of their texts: a pair that is turned round is the same question. */
export function inJudgedOrder(a: ContradictionEnd, b: ContradictionEnd): readonly [ContradictionEnd, ContradictionEnd] {
  return compareCodePoints(endIdentity(a), endIdentity(b)) <= 0 ? [a, b] : [b, a];
}
