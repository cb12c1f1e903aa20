import type { SearchPage } from '../../schemas/search-page.ts';

/** A page that was read, or what cannot be one and why. The reason holds nothing of the text. */
export type PageReading = PageRead | PageRefused;

export interface PageRead {
  /** Path below the folder that was named, with `/`; the file's own name where a file was named. */
  readonly path: string;
  /** Where in the file, such as `line 3`; empty where a file is a page. */
  readonly place: string;
  readonly page: SearchPage;
}

export interface PageRefused {
  readonly path: string;
  readonly reason: string;
}

/** Bytes that a page, or a line that holds one, may have. */
export const MAX_PAGE_BYTES = 16 << 20;

/** What is said of a page that is too large. */
export function tooLarge(sizeBytes: number): string {
  return `expected a page of at most ${MAX_PAGE_BYTES} bytes, found ${sizeBytes}`;
}

/** The reason with the place it belongs to. */
export function placed(place: string, reason: string): string {
  return place === '' ? reason : `${place}: ${reason}`;
}

/** The slug of a page that states none: its path without the ending. */
export function slugOf(path: string): string {
  return path.replace(/\.(?:md|markdown|mdx|txt|json)$/i, '');
}
