import type { Line } from '../line-reader.ts';

/** Some lines of a text file, from a 0-based line on; or a line that cannot be read. */
export type Passage = { readonly line: number; readonly text: string } | Extract<Line, { readonly fault: unknown }>;

/** A passage ends with a line of that many characters read, so that a file of any size is read in constant memory. */
const PASSAGE_CHARS = 1 << 18;
/** The next passage begins with the last lines of this one, so that no run of words is lost between the two. */
const OVERLAP_CHARS = 1 << 10;

/** Joins lines to passages. Blank lines do not arrive here, and so do not part anything. */
export async function* readPassages(batches: AsyncIterable<Line[]>): AsyncIterable<Passage> {
  let lines: { line: number; text: string }[] = [];
  let chars = 0;
  let isFresh = false;
  for await (const batch of batches) {
    for (const line of batch) {
      if ('fault' in line) {
        yield line;
        continue;
      }
      lines.push(line);
      chars += line.text.length;
      isFresh = true;
      if (chars < PASSAGE_CHARS) continue;
      yield join(lines);
      [lines, chars] = keepEnd(lines);
      isFresh = false;
    }
  }
  if (isFresh) yield join(lines);
}

function join(lines: readonly { line: number; text: string }[]): Passage {
  return { line: lines[0]!.line, text: lines.map(({ text }) => text).join('\n') };
}

function keepEnd(lines: { line: number; text: string }[]): [{ line: number; text: string }[], number] {
  let from = lines.length;
  let chars = 0;
  while (from > 0 && chars + lines[from - 1]!.text.length <= OVERLAP_CHARS) chars += lines[--from]!.text.length;
  return [lines.slice(from), chars];
}
