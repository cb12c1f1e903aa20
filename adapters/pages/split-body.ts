/** The parts of a Markdown body; blank where it has none. */
export interface BodyParts {
  readonly compiledTruth: string;
  readonly timeline: string;
  /** What belongs to neither. */
  readonly rest: string;
}

type Part = keyof BodyParts;

const TIMELINE_MARK = /^(?:<!--\s*timeline\s*-->|---\s+timeline\s+---)$/i;
const TIMELINE_HEADING = /^##\s+(?:timeline|history)\s*#*$/i;
const TRUTH_HEADING = /^##\s+compiled truth\s*#*$/i;
const SECTION = /^##?\s/;
const FENCE = /^(?:```+|~~~+)/;

/**
 * Splits a body into what holds now and what happened. A timeline begins at `<!-- timeline -->`, at `--- timeline ---`, or at a rule `---` before a
 * heading `## Timeline` or `## History`, and goes to the end; one that begins at such a heading alone ends at the next heading of that level. The
 * compiled truth is the section `## Compiled truth`; where there is no such section, all that stands outside of a timeline. Without either the body is
 * a plain text.
 */
export function splitBody(body: string): BodyParts {
  const parts: Record<Part, string[]> = { compiledTruth: [], timeline: [], rest: [] };
  const lines = body.split('\n');
  let part: Part = 'rest';
  let fence: string | undefined;
  for (const [at, line] of lines.entries()) {
    const text = line.trim();
    fence = fenceAfter(fence, text);
    if (fence === undefined && startsTimeline(lines, at)) {
      parts.timeline.push(...lines.slice(at + 1));
      break;
    }
    if (fence !== undefined || !SECTION.test(text)) parts[part].push(line);
    else {
      part = TIMELINE_HEADING.test(text) ? 'timeline' : TRUTH_HEADING.test(text) ? 'compiledTruth' : 'rest';
      if (part === 'rest') parts.rest.push(line);
    }
  }
  const [compiledTruth, timeline, rest] = [parts.compiledTruth, parts.timeline, parts.rest].map((found) => found.join('\n').trim()) as [
    string,
    string,
    string,
  ];
  return compiledTruth === '' && timeline !== '' ? { compiledTruth: rest, timeline, rest: '' } : { compiledTruth, timeline, rest };
}

function startsTimeline(lines: readonly string[], at: number): boolean {
  const text = lines[at]!.trim();
  if (TIMELINE_MARK.test(text)) return true;
  if (text !== '---') return false;
  let next = at + 1;
  while (lines[next]?.trim() === '') next += 1;
  return TIMELINE_HEADING.test(lines[next]?.trim() ?? '');
}

/** What opens the block of code that the next line stands in; undefined outside of one. */
function fenceAfter(open: string | undefined, line: string): string | undefined {
  const [mark] = FENCE.exec(line) ?? [];
  if (mark === undefined) return open;
  if (open === undefined) return mark;
  return mark.startsWith(open) && line === mark ? undefined : open;
}
