import { readPages } from '../../../adapters/pages/read-pages.ts';
import type { PageRead, PageRefused } from '../../../adapters/pages/reading.ts';
import type { SearchPage } from '../../../schemas/search-page.ts';

/** What became of a file or folder: its pages by slug, and what was refused. */
export interface AllRead {
  readonly pages: Readonly<Record<string, SearchPage>>;
  readonly read: readonly PageRead[];
  readonly refused: readonly PageRefused[];
}

/** Reads all pages. */
export async function readAll(from: string, source?: string): Promise<AllRead> {
  const [read, refused]: [PageRead[], PageRefused[]] = [[], []];
  for await (const reading of readPages(from, source)) {
    if ('page' in reading) read.push(reading);
    else refused.push(reading);
  }
  return { pages: Object.fromEntries(read.map(({ page }) => [page.slug, page])), read, refused };
}
