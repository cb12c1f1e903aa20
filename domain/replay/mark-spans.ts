import type { Grounding } from '../../schemas/replay-run.ts';
import { plainMarks } from './plain-marks.ts';

/** A stretch of an answer, and what it names: one of the entries of its grounding, null for the words between them. */
interface AnswerSpan {
  readonly text: string;
  readonly thing: Grounding | null;
}

/** An answer cut at everything that it names. */
interface MarkedAnswer {
  /** The whole answer in its order, nothing left out. */
  readonly spans: readonly AnswerSpan[];
  /** Entries that stand nowhere in the answer, as where redaction replaced a part of them. */
  readonly missing: readonly Grounding[];
}

/**
 * Finds everything that the grounding lists in its answer, every time it stands there: longer texts first, of equal ones those without ground, so that
 * no two overlap. What stands only inside a longer one has no span of its own. A text is looked for as a whole, whatever the form of its quotation
 * marks and dashes, and where it nowhere is one, as part of a word.
 */
export function markSpans(answer: string, grounding: readonly Grounding[]): MarkedAnswer {
  const plain = plainMarks(answer);
  const sought = grounding
    .filter(({ text }) => text !== '')
    .map((thing) => ({ thing, text: plainMarks(thing.text) }))
    .sort((left, right) => right.text.length - left.text.length || Number(left.thing.grounded) - Number(right.thing.grounded));
  const placed: Place[] = [];
  const found = new Set<Grounding>();
  for (const { thing, text } of sought) {
    const all = placesOf(plain, text);
    const whole = all.filter((from) => isWhole(plain, from, from + text.length));
    if (all.length > 0) found.add(thing);
    for (const from of whole.length > 0 ? whole : all) {
      const to = from + text.length;
      if (placed.every((other) => to <= other.from || from >= other.to)) placed.push({ from, to, thing });
    }
  }
  return { spans: cutAt(answer, placed), missing: grounding.filter((thing) => !found.has(thing)) };
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly thing: Grounding;
}

function placesOf(plain: string, text: string): number[] {
  const places: number[] = [];
  for (let at = plain.indexOf(text); at >= 0; at = plain.indexOf(text, at + text.length)) places.push(at);
  return places;
}

/** False for a part of a longer word or number. */
function isWhole(plain: string, from: number, to: number): boolean {
  const [before, after] = [plain.slice(Math.max(0, from - 2), from), plain.slice(to, to + 2)];
  if (/^[\p{L}\p{N}_]/u.test(plain.slice(from, to)) && (/[\p{L}\p{N}_]$/u.test(before) || isNumberJoint(before, plain[from]))) return false;
  return !/[\p{L}\p{N}_]$/u.test(plain.slice(from, to)) || !(/^[\p{L}\p{N}_]/u.test(after) || /^[.,:]\d/.test(after));
}

/** True between the digits of 4.5, 1,200 and 20:00. */
function isNumberJoint(before: string, next: string | undefined): boolean {
  return /\d[.,:]$/.test(before) && /\d/.test(next ?? '');
}

function cutAt(answer: string, placed: readonly Place[]): AnswerSpan[] {
  const spans: AnswerSpan[] = [];
  let end = 0;
  for (const { from, to, thing } of placed.toSorted((left, right) => left.from - right.from)) {
    if (from > end) spans.push({ text: answer.slice(end, from), thing: null });
    spans.push({ text: answer.slice(from, to), thing });
    end = to;
  }
  if (end < answer.length) spans.push({ text: answer.slice(end), thing: null });
  return spans;
}
