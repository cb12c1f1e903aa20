import { gunzipSync } from 'node:zlib';
import { compressionOf } from '../../../adapters/byte-chunks.ts';
import type { Layout } from '../../../adapters/sources/source-adapter.ts';
import { parseRecord } from '../../../domain/shared/parse-record.ts';

/** How many records a file holds, read by nothing of our own. Where the file is too broken to tell, at least that many. */
export function leastRecords(layout: Layout | undefined, bytes: Uint8Array): { readonly least: number; readonly exact: boolean } {
  const text = textOf(bytes);
  if (text === undefined || layout === undefined) return { least: 0, exact: false };
  if (layout === 'lines') return { least: text.split('\n').filter((line) => line.trim() !== '').length, exact: true };
  if (text.trim() === '') return { least: 0, exact: false };
  if (layout === 'document') return { least: 1, exact: true };
  if (layout === 'session') return { least: leastOfSession(text.split('\n')), exact: false };
  // An export of spans may hold none, and what belongs to no trace is found by the adapter alone.
  if (layout === 'traces') return { least: /^\s*\[/.test(text) ? 0 : brokenLines(text.split('\n')), exact: false };
  if (layout !== 'elements' && layout !== 'log') return { least: 1, exact: false };
  const whole = parsed(text);
  // A log without samples holds no record, whatever is wrong with its header.
  if (typeof whole !== 'object' || whole === null) return { least: layout === 'log' ? 0 : 1, exact: false };
  const container = layout === 'log' ? (whole as { samples?: unknown }).samples : whole;
  if (typeof container !== 'object' || container === null) return { least: 0, exact: false };
  return { least: Object.keys(container).length, exact: false };
}

/** A session is one record at least; each broken line is one of its own, title lines in front excepted. */
function leastOfSession(lines: readonly string[]): number {
  // A title ends with the first record, and what a record is only the strict reader can say.
  const first = lines.findIndex((line) => parseRecord(line).ok);
  return first === -1 ? 0 : 1 + brokenLines(lines.slice(first));
}

function brokenLines(lines: readonly string[]): number {
  return lines.filter((line) => line.trim() !== '' && parsed(line) === undefined).length;
}

/** The text of a plain file, or of one packed with gzip; undefined for other archives. */
function textOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return undefined;
  const compression = compressionOf(bytes);
  if (compression === 'zstd') return undefined;
  return Buffer.from(compression === 'gzip' ? gunzipSync(bytes) : bytes)
    .toString('utf8')
    .replace(/^\ufeff/, '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
