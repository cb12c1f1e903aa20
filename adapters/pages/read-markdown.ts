import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { PageFile } from './find-page-files.ts';
import { splitFrontMatter } from './front-matter.ts';
import { MAX_PAGE_BYTES, slugOf, tooLarge, type PageReading } from './reading.ts';
import { splitBody } from './split-body.ts';
import { takesOf } from './takes-table.ts';
import { toPage } from './to-page.ts';

/** Reads a file of Markdown as one page: fields in front matter, then compiled truth and timeline, or a plain text. */
export function readMarkdown({ file, path, sizeBytes }: PageFile, source: string | undefined): PageReading {
  if (sizeBytes > MAX_PAGE_BYTES) return { path, reason: tooLarge(sizeBytes) };
  const bytes = readFileSync(file);
  if (!isUtf8(bytes)) return { path, reason: 'expected UTF-8, found other bytes' };
  const text = bytes
    .toString()
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n');
  if (text.includes('\0')) return { path, reason: 'expected text, found bytes that are none' };
  const split = splitFrontMatter(text);
  if ('reason' in split) return { path, reason: split.reason };
  const { takes, rest } = takesOf(split.body);
  const fields = { takes, ...split.fields, ...partsBesides(split.fields, splitBody(rest)) };
  const slug = slugOf(path);
  const page = toPage(fields, [], { slug, title: headingOf(rest) ?? basename(slug), source });
  return 'reason' in page ? { path, reason: page.reason } : { path, place: '', page: page.page };
}

/** Parts of the body as fields. Where front matter states one of them itself, the part of that name belongs to the plain text. */
function partsBesides(
  stated: Readonly<Record<string, unknown>>,
  { compiledTruth, timeline, rest }: ReturnType<typeof splitBody>,
): Record<string, string> {
  const [statesTruth, statesTimeline] = [stated.compiled_truth !== undefined, stated.timeline !== undefined];
  const text = [statesTruth ? compiledTruth : '', rest, statesTimeline ? timeline : ''].filter((part) => part !== '').join('\n\n');
  return {
    ...(!statesTruth && { compiled_truth: compiledTruth }),
    ...(!statesTimeline && { timeline }),
    ...(text !== '' && { text }),
  };
}

function headingOf(body: string): string | undefined {
  return /^#[ \t]+(\S.*?)[ \t]*#*$/m.exec(body)?.[1];
}
