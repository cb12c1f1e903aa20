import { findPageFiles, type PageFile } from './find-page-files.ts';
import { formatOf } from './page-format.ts';
import { readPageArray, readPageObjects } from './read-json.ts';
import { readMarkdown } from './read-markdown.ts';
import { readSmart } from './read-smart.ts';
import { readTrec } from './read-trec.ts';
import type { PageReading } from './reading.ts';

/**
 * The pages of a file or folder, one after the other, in the order of their paths: Markdown with front matter, JSON (a page, an array of pages, or one
 * page a line), the `corpus.jsonl` of BEIR, exported playbooks, and the forms of SMART and TREC. What cannot be read comes as a refusal and never stops
 * the rest. `source` is the source of every page, whatever a page says; folders of
 * `except` are not entered. Throws UsageError for a path that leads nowhere.
 */
export async function* readPages(from: string, source?: string, except: readonly string[] = []): AsyncIterable<PageReading> {
  for (const file of findPageFiles(from, except)) {
    if ('reason' in file) yield file;
    else yield* readFile(file, source);
  }
}

async function* readFile(file: PageFile, source: string | undefined): AsyncIterable<PageReading> {
  try {
    const format = formatOf(file);
    if (format === undefined)
      yield { path: file.path, reason: 'expected Markdown, JSON, or a collection in the form of SMART or TREC, found none of them' };
    else if (format === 'markdown') yield readMarkdown(file, source);
    else yield* READERS[format](file, source);
  } catch (error) {
    // Only what the file system says is about this file; a fault of ours must not look like one of the file.
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    yield { path: file.path, reason: `expected a file that can be read, found ${String((error as NodeJS.ErrnoException).code)}` };
  }
}

const READERS = { array: readPageArray, objects: readPageObjects, smart: readSmart, trec: readTrec } as const;
