import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A document of the measured collection, and a question with its graded answers. */
export interface MeasuredDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}
export interface MeasuredQuery {
  readonly id: string;
  readonly text: string;
  readonly grades: Readonly<Record<string, number>>;
}

const DATA = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
const PARTS = { cranfield: 'ir-cranfield/beir', cacm: 'ir-cacm/beir', relational: 'gbrain-evals/derived/relational-145' } as const;

/** Where the parts of the collection lie; undefined where they are not present. */
export function hasCollection(): boolean {
  return Object.values(PARTS).every((folder) => existsSync(join(DATA, folder, 'corpus.jsonl')));
}

/**
 * Cranfield, CACM and the 240 pages of relational-145 as one collection of 4,844 documents, so that each engine holds about as much as the usual small
 * collections of the field; every query is judged by its own part.
 */
export function readCollection(): { readonly documents: MeasuredDocument[]; readonly queries: MeasuredQuery[] } {
  const documents: MeasuredDocument[] = [];
  const queries: MeasuredQuery[] = [];
  for (const [part, folder] of Object.entries(PARTS)) {
    const grades = readGrades(part, join(DATA, folder, 'qrels', 'test.tsv'));
    for (const { _id: id, title, text } of readLines<{ _id: string; title?: string; text?: string }>(join(DATA, folder, 'corpus.jsonl')))
      documents.push({ id: `${part}/${id}`, title: title ?? '', text: text ?? '' });
    for (const { _id: id, text } of readLines<{ _id: string; text: string }>(join(DATA, folder, 'queries.jsonl'))) {
      const found = grades.get(id);
      if (found !== undefined) queries.push({ id: `${part}/${id}`, text, grades: found });
    }
  }
  return { documents, queries };
}

/** Writes both as JSON lines, for engines in processes of their own. */
export function writeCollection(folder: string, { documents, queries }: ReturnType<typeof readCollection>): void {
  writeFileSync(join(folder, 'documents.jsonl'), documents.map((one) => `${JSON.stringify(one)}\n`).join(''));
  writeFileSync(join(folder, 'queries.jsonl'), queries.map(({ id, text }) => `${JSON.stringify({ id, text })}\n`).join(''));
}

/** The objects of a file of JSON lines. */
export function readLines<Row>(path: string): Row[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** Queries with a relevant document. */
function readGrades(part: string, path: string): Map<string, Record<string, number>> {
  const grades = new Map<string, Record<string, number>>();
  for (const line of readFileSync(path, 'utf8').trim().split('\n').slice(1)) {
    const [query, document, grade] = line.split('\t') as [string, string, string];
    const known = grades.get(query) ?? {};
    grades.set(query, { ...known, [`${part}/${document}`]: Number(grade) });
  }
  return new Map([...grades].filter(([, found]) => Object.values(found).some((grade) => grade > 0)));
}
