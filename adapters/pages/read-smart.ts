import { createReadStream } from 'node:fs';
import { readLines } from '../line-reader.ts';
import type { PageFile } from './find-page-files.ts';
import { MAX_PAGE_BYTES, placed, tooLarge, type PageReading } from './reading.ts';
import { toPage } from './to-page.ts';

/** A document while its lines come in. */
interface Draft {
  readonly slug: string;
  /** Sections by their letters, with the lines of title and text. */
  readonly sections: Map<string, string[]>;
  letter: string;
  sizeBytes: number;
  fault: string | undefined;
}

/**
 * Reads a collection in the form of the SMART system, in which Cranfield, CACM and their kin were given out: `.I id` begins a document, `.T` its title,
 * `.W` its text. Other sections (authors, sources, references) are no text of it. A letter that comes again begins no section: it is a misprint of the
 * text, as Cranfield has some.
 */
export async function* readSmart({ file, path }: PageFile, source: string | undefined): AsyncIterable<PageReading> {
  let draft: Draft | undefined;
  const lines = readLines(createReadStream(file), { firstLine: 0, maxBytes: MAX_PAGE_BYTES, isLast: true });
  for await (const batch of lines) {
    for (const line of batch) {
      if ('fault' in line) {
        if (draft !== undefined) draft.fault ??= line.detail;
        continue;
      }
      const [, slug] = /^\.I[ \t]+(\S.*?)\s*$/.exec(line.text) ?? [];
      if (slug === undefined) {
        if (draft !== undefined) addLine(draft, line.text);
        continue;
      }
      if (draft !== undefined) yield finish(draft, path, source);
      draft = { slug, sections: new Map(), letter: '-', sizeBytes: 0, fault: undefined };
    }
  }
  if (draft !== undefined) yield finish(draft, path, source);
}

function addLine(draft: Draft, line: string): void {
  const [, letter] = /^\.([A-Z])\s*$/.exec(line) ?? [];
  if (letter !== undefined && !draft.sections.has(letter)) {
    draft.sections.set(letter, []);
    draft.letter = letter;
  } else if ('TW'.includes(draft.letter) && draft.fault === undefined) addText(draft, line);
}

function addText(draft: Draft, line: string): void {
  draft.sizeBytes += Buffer.byteLength(line);
  if (draft.sizeBytes > MAX_PAGE_BYTES) {
    draft.fault = tooLarge(draft.sizeBytes);
    draft.sections.clear();
  } else draft.sections.get(draft.letter)?.push(line);
}

function finish({ slug, sections, fault }: Draft, path: string, source: string | undefined): PageReading {
  const place = `document ${slug}`;
  if (fault !== undefined) return { path, reason: placed(place, fault) };
  if (!sections.has('T') && !sections.has('W')) return { path, reason: placed(place, 'expected a section .T or .W, found none') };
  const textOf = (letter: string): string => (sections.get(letter) ?? []).join('\n').trim();
  const page = toPage({ slug, title: textOf('T').replaceAll('\n', ' '), text: textOf('W') }, [], { source });
  return 'reason' in page ? { path, reason: placed(place, page.reason) } : { path, place, page: page.page };
}
