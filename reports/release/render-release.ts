import type { ReleaseManifest } from '../../schemas/release-manifest.ts';
import { writeTableCsv } from '../shared/table-csv.ts';
import { writeReleaseMarkdown } from './release-markdown.ts';
import { writeReleasePage } from './release-page.ts';
import { releaseTables } from './release-tables.ts';

export interface RenderedRelease {
  /** The page, with its tables and its document beside it, all named after `name`; the page last, so that what it links to is there by then. */
  readonly beside: readonly { readonly name: string; readonly text: string }[];
  /** The same as Markdown, which stands by itself. */
  readonly markdown: string;
}

/** What a freeze came to, for people. `command` makes the tag; null when there is nothing to tag. */
export function renderRelease(manifest: ReleaseManifest, command: string | null, name: string): RenderedRelease {
  return {
    beside: [
      ...Object.values(releaseTables(manifest, name)).map((table) => ({ name: `${table.name}.csv`, text: writeTableCsv(table) })),
      { name: `${name}.json`, text: `${JSON.stringify(manifest, null, 2)}\n` },
      { name: `${name}.html`, text: writeReleasePage(manifest, command, name) },
    ],
    markdown: writeReleaseMarkdown(manifest, command, name),
  };
}
