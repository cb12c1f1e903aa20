import { createReadStream } from 'node:fs';
import { readLines } from '../line-reader.ts';
import type { PageFile } from './find-page-files.ts';
import { MAX_PAGE_BYTES, placed, tooLarge, type PageReading } from './reading.ts';
import { toPage } from './to-page.ts';

/** What stands between `<doc>` and `</doc>`, line by line. */
interface Draft {
  readonly line: number;
  readonly lines: string[];
  sizeBytes: number;
  fault: string | undefined;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a collection in the form of TREC: documents between `<doc>` and `</doc>` with `<docno>`, `<title>` or `<headline>`, and `<text>`, in any letter case. */
export async function* readTrec({ file, path }: PageFile, source: string | undefined): AsyncIterable<PageReading> {
  let draft: Draft | undefined;
  const lines = readLines(createReadStream(file), { firstLine: 0, maxBytes: MAX_PAGE_BYTES, isLast: true });
  for await (const batch of lines) {
    for (const line of batch) {
      if ('fault' in line) {
        if (draft !== undefined) draft.fault ??= line.detail;
        continue;
      }
      if (/^\s*<doc>/i.test(line.text)) {
        if (draft !== undefined) yield { path, reason: placed(`line ${draft.line + 1}`, 'expected </doc>, found another <doc>') };
        draft = { line: line.line, lines: [], sizeBytes: 0, fault: undefined };
      }
      if (draft === undefined) continue;
      addLine(draft, line.text);
      if (!/<\/doc>\s*$/i.test(line.text)) continue;
      yield finish(draft, path, source);
      draft = undefined;
    }
  }
  if (draft !== undefined) yield { path, reason: placed(`line ${draft.line + 1}`, 'expected </doc>, found the end of the file') };
}

function addLine(draft: Draft, line: string): void {
  draft.sizeBytes += Buffer.byteLength(line);
  if (draft.sizeBytes > MAX_PAGE_BYTES) {
    draft.fault ??= tooLarge(draft.sizeBytes);
    draft.lines.length = 0;
  } else draft.lines.push(line);
}

function finish({ line, lines, fault }: Draft, path: string, source: string | undefined): PageReading {
  const place = `line ${line + 1}`;
  if (fault !== undefined) return { path, reason: placed(place, fault) };
  const document = lines.join('\n');
  const slug = insideOf(document, 'docno')[0];
  if (slug === undefined) return { path, reason: placed(place, 'expected <docno>, found none') };
  const title = [...insideOf(document, 'title'), ...insideOf(document, 'headline')].join(' ').replaceAll(/\s+/g, ' ');
  const page = toPage({ slug, title, text: insideOf(document, 'text').join('\n\n') }, [], { source });
  return 'reason' in page ? { path, reason: placed(place, page.reason) } : { path, place, page: page.page };
}

/** The plain text inside each element of a name. */
function insideOf(document: string, name: string): string[] {
  const found: string[] = [];
  const ends = new RegExp(`</?${name}>`, 'gi');
  let from: number | undefined;
  for (const { 0: mark, index } of document.matchAll(ends)) {
    if (!mark.startsWith('</')) from = index + mark.length;
    else if (from !== undefined) {
      found.push(plainText(document.slice(from, index)));
      from = undefined;
    }
  }
  return found;
}

function plainText(marked: string): string {
  return marked
    .replaceAll(/<\/?[a-z][a-z0-9]*>/gi, ' ')
    .replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!)
    .trim();
}
