import { UsageError } from '../../domain/shared/errors.ts';
import { sha256 } from '../digest.ts';

/**
 * The base URL of a production system in one spelling: no query, no fragment, no slash at the end. UsageError for what is no HTTP URL, or holds a
 * password.
 */
export function readProductionUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new UsageError(
      'reading the production URL: expected an http or https URL without user and password, found something else.',
      'Name it as in `--production-url http://127.0.0.1:8787`, or set bench.production_url.',
    );
  }
  [url.search, url.hash] = ['', ''];
  return url.href.replace(/\/+$/, '');
}

/** The URL as it may be shown and logged: without user and password. */
export function showProductionUrl(text: string): string {
  if (!URL.canParse(text)) return 'an unreadable URL';
  const url = new URL(text);
  [url.username, url.password, url.search, url.hash] = ['', '', '', ''];
  return url.href.replace(/\/+$/, '');
}

/** Names a production system in file names, queues and workflow ids: 16 hexadecimal digits of its URL's sha256. */
export function productionKey(productionUrl: string): string {
  return sha256(productionUrl).slice(0, 16);
}
