import { splitColumns } from '../trec/columns.ts';
import type { Qrels } from './qrels.ts';
import { readJsonQrels } from './read-json-qrels.ts';
import { readBeirQrels, readTrecQrels } from './read-table-qrels.ts';

/** Reads judgments in any of the known forms, which their first line tells apart. CollectionError with the place of what is wrong. */
export function readQrels(given: string, file: string): Qrels {
  const text = given.startsWith('\ufeff') ? given.slice(1) : given;
  if (/^\s*[[{]/.test(text)) return readJsonQrels(text, file);
  return isBeir(text) ? readBeirQrels(text, file) : readTrecQrels(text, file);
}

function isBeir(text: string): boolean {
  const first = text.split('\n', 100).find((line) => splitColumns(line) !== null) ?? '';
  return first.trim().split('\t').length === 3;
}
