import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asJsonLines, taleQuestions } from './longmemeval-tales.ts';

const FRUITS = ['quince', 'medlar', 'damson', 'russet', 'mulberry', 'greengage'] as const;
const PLACES = ['the north wall', 'the boathouse', 'the mill stream', 'the old quay', 'the lighthouse garden'] as const;

/** Pages of an orchard by a harbour, one for each fruit in each place. */
export const ORCHARD_PAGES = FRUITS.flatMap((fruit, row) =>
  PLACES.map((place, column) => ({
    _id: `${fruit}-${column + 1}`,
    title: `${fruit} by ${place}`,
    text: `In row ${row + 1} a ${fruit} grows by ${place}. It was grafted in year ${1900 + 7 * row + column} and bears ${3 + row + column} baskets.`,
  })),
);

/** A folder in the form of BEIR: the pages, a query for each, and two conversations that queries are part of. */
export function writeOrchard(folder: string): string {
  mkdirSync(join(folder, 'qrels'), { recursive: true });
  writeFileSync(join(folder, 'corpus.jsonl'), asJsonLines(ORCHARD_PAGES));
  const queries = ORCHARD_PAGES.map(({ _id, title }, at) => ({
    _id: `q${at + 1}`,
    text: `Where does the ${title} stand, and how many baskets does it bear?`,
    metadata: { conversation_id: `walk-${(at % 2) + 1}` },
  }));
  writeFileSync(join(folder, 'queries.jsonl'), asJsonLines(queries));
  const lines = ORCHARD_PAGES.map(({ _id }, at) => `q${at + 1}\t${_id}\t1`);
  writeFileSync(join(folder, 'qrels', 'test.tsv'), ['query-id\tcorpus-id\tscore', ...lines, ''].join('\n'));
  return folder;
}

/** A file of LongMemEval with so many questions. */
export function writeTales(path: string, count: number): string {
  writeFileSync(path, asJsonLines(taleQuestions(count)));
  return path;
}
