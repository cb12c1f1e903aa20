import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { SearchPage } from '../../schemas/search-page.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import type { JsonObject } from '../shared/json.ts';

/** The line that stands for a page's content, in a collection's file and in its hash: canonical JSON. */
export function pageLine(page: SearchPage): string {
  return canonicalJson(page as unknown as JsonObject);
}

/**
 * `corpus_hash`: sha256 over the lines `source_id::slug`, a tab and the sha256 of the page's canonical JSON, sorted by code points and joined by line
 * feeds, from key and content hash of each page.
 */
export function corpusHashOf(pages: Iterable<readonly [key: string, contentHash: string]>): string {
  return hashText(
    Array.from(pages, ([key, contentHash]) => `${key}\t${contentHash}`)
      .sort(compareCodePoints)
      .join('\n'),
  );
}

function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
