import { copyLegibly, type LegibleCopy } from './legible-copy.ts';
import { INJECTION_PATTERNS } from './patterns.ts';

/** A text without what was found in it, and what that was. */
export interface RedactedText {
  readonly text: string;
  /** Categories of the pattern table, each once, in the order of the table. */
  readonly matched: readonly string[];
}

export const REDACTED = '[redacted]';

/** Replaces what would make a model leave its task with `[redacted]`, found however it is disguised. A text without any comes back as it was. */
export function redactInjection(text: string): RedactedText {
  const copy = copyLegibly(text);
  const matched: string[] = [];
  const spans: Span[] = [];
  for (const { category, pattern, runTogether } of INJECTION_PATTERNS) {
    const found = [...spansOf(copy, pattern), ...(runTogether === undefined ? [] : spansOf(copy, runTogether, true))];
    if (found.length > 0) matched.push(category);
    spans.push(...found);
  }
  return { text: replaceSpans(text, spans), matched };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function spansOf(copy: LegibleCopy, pattern: RegExp, isOfJoined = false): Span[] {
  return Array.from(copy.text.matchAll(pattern), ({ 0: found, index }) => ({ from: index, to: index + found.length }))
    .filter(({ from, to }) => to > from && (!isOfJoined || copy.holdsJoined(from, to)))
    .map(({ from, to }) => copy.originOf(from, to));
}

function replaceSpans(text: string, spans: readonly Span[]): string {
  let redacted = '';
  let done = 0;
  for (const { start, end } of merge(spans)) {
    redacted += text.slice(done, start) + REDACTED;
    done = end;
  }
  return redacted + text.slice(done);
}

/** In order of place; those that overlap as one. */
function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return merged;
}
