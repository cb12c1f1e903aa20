import { closeSync, openSync, readSync } from 'node:fs';
import type { PageFile } from './find-page-files.ts';

/** Forms that pages come in. */
export type PageFormat = 'markdown' | 'array' | 'objects' | 'smart' | 'trec';

const HEAD_BYTES = 1 << 12;
const MARKDOWN = /\.(?:md|markdown|mdx)$/i;

/**
 * The form of a file: Markdown by its ending, the others by how they begin. A file that the user named is Markdown where nothing else fits; any other
 * file has then no form.
 */
export function formatOf({ file, path, isNamed }: PageFile): PageFormat | undefined {
  if (MARKDOWN.test(path)) return 'markdown';
  const head = headOf(file);
  if (head.startsWith('[')) return 'array';
  if (head.startsWith('{')) return 'objects';
  if (/^\.I[ \t]+\S/.test(head)) return 'smart';
  if (/^<doc>/i.test(head)) return 'trec';
  return isNamed ? 'markdown' : undefined;
}

/** The beginning of a file behind a byte order mark and white space. */
function headOf(file: string): string {
  const bytes = Buffer.alloc(HEAD_BYTES);
  const opened = openSync(file, 'r');
  try {
    const read = readSync(opened, bytes);
    return bytes
      .toString('utf8', 0, read)
      .replace(/^\ufeff/, '')
      .trimStart();
  } finally {
    closeSync(opened);
  }
}
