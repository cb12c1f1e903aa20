import { createReadStream, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { asArray, isObject, type JsonValue } from '../../domain/shared/json.ts';
import { parseRecord } from '../../domain/shared/parse-record.ts';
import { ragRowSchema } from '../../schemas/export-rows.ts';
import { readElements } from '../element-reader.ts';
import { readLines, type Line } from '../line-reader.ts';
import type { PageFile } from './find-page-files.ts';
import { MAX_PAGE_BYTES, placed, slugOf, tooLarge, type PageReading } from './reading.ts';
import { toPage, type PageDefaults } from './to-page.ts';

/** Names under which a row says what it is: that of BEIR and that of an exported set. */
const IDS = ['_id', 'id'];
const JSON_LINES = /\.(?:jsonl|ndjson)$/i;

/** Reads an array of pages, one element after the other. */
export async function* readPageArray({ file, path }: PageFile, source: string | undefined): AsyncIterable<PageReading> {
  for await (const elements of readElements(createReadStream(file), { maxBytes: MAX_PAGE_BYTES })) {
    for (const element of elements) {
      const place = `element ${element.key}`;
      yield 'fault' in element ? { path, reason: placed(place, element.detail) } : readRow(element.text, { path, place, source });
    }
  }
}

/** Reads a file that begins with an object: rows, one a line, or one object, which is a page or has an array `pages` of them. */
export async function* readPageObjects(page: PageFile, source: string | undefined): AsyncIterable<PageReading> {
  if (JSON_LINES.test(page.path) || (await isLines(page.file))) yield* readRows(page, source);
  else if (page.sizeBytes > MAX_PAGE_BYTES) yield { path: page.path, reason: tooLarge(page.sizeBytes) };
  else yield* readDocument(page, source);
}

async function* readRows({ file, path }: PageFile, source: string | undefined): AsyncIterable<PageReading> {
  for await (const lines of linesOf(file)) {
    for (const line of lines) {
      const place = `line ${line.line + 1}`;
      yield 'fault' in line ? { path, reason: placed(place, line.detail) } : readRow(line.text, { path, place, source });
    }
  }
}

function* readDocument({ file, path }: PageFile, source: string | undefined): Iterable<PageReading> {
  const parsed = parseRecord(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  if (!parsed.ok) {
    yield { path, reason: parsed.detail };
    return;
  }
  const pages = isObject(parsed.value) ? asArray(parsed.value.pages) : undefined;
  if (pages === undefined) {
    const slug = slugOf(path);
    yield pageOf(parsed.value, { path, place: '', source, slug, title: basename(slug) });
  } else for (const [at, page] of pages.entries()) yield pageOf(page, { path, place: `pages[${at}]`, source });
}

interface RowPlace extends PageDefaults {
  readonly path: string;
  readonly place: string;
}

function readRow(text: string, place: RowPlace): PageReading {
  const parsed = parseRecord(text);
  return parsed.ok ? pageOf(parsed.value, place) : { path: place.path, reason: placed(place.place, parsed.detail) };
}

function pageOf(value: JsonValue, place: RowPlace): PageReading {
  const { path } = place;
  if (!isObject(value)) return { path, reason: placed(place.place, 'expected an object, found another value') };
  const isPlaybook = 'task_key' in value && ragRowSchema.safeParse(value).success;
  const page = toPage(isPlaybook ? { ...value, type: 'playbook' } : value, IDS, place);
  return 'reason' in page ? { path, reason: placed(place.place, page.reason) } : { path, place: place.place, page: page.page };
}

/** True when the first line is a whole value and another line follows. */
async function isLines(file: string): Promise<boolean> {
  let isFirst = true;
  for await (const lines of linesOf(file)) {
    for (const line of lines) {
      if (!isFirst) return true;
      if ('fault' in line || !parseRecord(line.text).ok) return false;
      isFirst = false;
    }
  }
  return false;
}

function linesOf(file: string): AsyncIterable<Line[]> {
  return readLines(createReadStream(file, { highWaterMark: 1 << 18 }), { firstLine: 0, maxBytes: MAX_PAGE_BYTES, isLast: true });
}
