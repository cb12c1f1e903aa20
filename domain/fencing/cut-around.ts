import { cut } from '../shared/text.ts';

/** A part of a longer text. */
export interface Excerpt {
  readonly text: string;
  readonly isCut: boolean;
}

/**
 * At most `cap` characters of a text: its passages, best first, as far as they fit, then what stands around them, in the order of the text. `…` stands
 * for what is missing. A passage is a stretch of the text itself; without one that is found, the beginning is kept.
 */
export function cutAround(text: string, passages: readonly string[], cap: number): Excerpt {
  if (text.length <= cap) return { text, isCut: false };
  const kept = keepPassages(text, passages, cap - 2 * GAP.length);
  const room = cap - (kept.length + 1) * GAP.length;
  return { text: join(text, growAll(text, kept, room)), isCut: true };
}

const GAP = '\n…\n';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The passages that fit, by their place. The first is cut when it alone is too long. */
function keepPassages(text: string, passages: readonly string[], cap: number): Span[] {
  const kept: Span[] = [];
  let room = cap;
  for (const passage of passages) {
    const start = passage === '' ? -1 : text.indexOf(passage);
    const span = { start, end: start + (kept.length === 0 ? cut(passage, cap) : passage).length };
    const needed = span.end - start + GAP.length;
    if (start < 0 || kept.some((other) => span.start < other.end && other.start < span.end)) continue;
    if (kept.length > 0 && needed > room) continue;
    kept.push(span);
    room -= needed;
  }
  return kept.length === 0 ? [{ start: 0, end: 0 }] : kept.toSorted((a, b) => a.start - b.start);
}

/** Lets every span take of its surroundings, in equal parts, until the room is used up or all is taken. */
function growAll(text: string, spans: readonly Span[], room: number): Span[] {
  let grown = [...spans];
  for (let left = room - lengthOf(grown); left >= 2 * grown.length;) {
    const step = Math.floor(left / (2 * grown.length));
    const wider = merge(grown.map(({ start, end }) => ({ start: Math.max(0, start - step), end: Math.min(text.length, end + step) })));
    if (lengthOf(wider) === lengthOf(grown)) break;
    grown = wider;
    left = room - lengthOf(grown);
  }
  return grown.map(({ start, end }) => ({ start: start + (splitsPair(text, start) ? 1 : 0), end: end - (splitsPair(text, end) ? 1 : 0) }));
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged.at(-1);
    if (last === undefined || span.start > last.end) merged.push(span);
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return merged;
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0);
}

function splitsPair(text: string, at: number): boolean {
  return /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');
}

function join(text: string, spans: readonly Span[]): string {
  const body = spans.map(({ start, end }) => text.slice(start, end)).join(GAP);
  const before = spans[0]!.start > 0 ? GAP.trimStart() : '';
  const after = spans.at(-1)!.end < text.length ? GAP.trimEnd() : '';
  return before + body + after;
}
