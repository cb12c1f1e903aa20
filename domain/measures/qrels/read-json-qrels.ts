import { isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { pageKey } from '../page-key.ts';
import { fieldError, kindOf, parseJsonFile, takeInteger, takeList, takeObject, takeText, type FieldPlace } from './json-fields.ts';
import type { JudgedQuery, Qrels } from './qrels.ts';

/**
 * Reads judgments in JSON: form A `{schema_version: 1, queries: [{query, relevant_slugs | relevant, …}]}`, form B a list or `{version: 1, queries}` with
 * slugs in `relevant` and grades beside. Every query needs a text, and an id of its own. CollectionError names the file and the field that is wrong.
 */
export function readJsonQrels(text: string, file: string): Qrels {
  const value = parseJsonFile(text, file);
  return isObject(value) && 'schema_version' in value ? readFormA(value, file) : readFormB(value, file);
}

/** Reads form A and refuses everything else, also a query without a relevant page: what a gate may be graded by. */
export function readGateQrels(text: string, file: string): Qrels {
  const value = parseJsonFile(text, file);
  const top = { file, field: 'the file' };
  if (!isObject(value)) throw fieldError(top, 'an object with schema_version and queries', kindOf(value));
  const qrels = readFormA(value, file);
  qrels.queries.forEach(({ id, grades }) => {
    if (![...grades.values()].some((grade) => grade >= 1))
      throw fieldError({ file, field: `query ${id}` }, 'one with a relevant page', 'none');
  });
  return qrels;
}

function readFormA(value: JsonObject, file: string): Qrels {
  const version = value.schema_version;
  if (version !== 1) {
    const advice = typeof version === 'number' && version > 1 ? ': upgrade Lauter to read it' : '';
    throw fieldError({ file, field: 'schema_version' }, '1', `${kindOf(version)}${advice}`);
  }
  return { form: 'json-a', queries: readQueries(value.queries, file, readQueryA) };
}

function readFormB(value: JsonValue, file: string): Qrels {
  if (Array.isArray(value)) return { form: 'json-b', queries: readQueries(value, file, readQueryB) };
  const object = takeObject(value, { file, field: 'the file' });
  if (object.version !== 1) {
    const known = 'version' in object ? 'version' : 'schema_version';
    throw fieldError({ file, field: known }, '1', kindOf(object[known]));
  }
  return { form: 'json-b', queries: readQueries(object.queries, file, readQueryB) };
}

type QueryReader = (query: JsonObject, index: number, at: (field: string) => FieldPlace) => JudgedQuery;

function readQueries(value: JsonValue | undefined, file: string, read: QueryReader): JudgedQuery[] {
  const list = takeList(value, { file, field: 'queries' });
  if (list.length === 0) throw fieldError({ file, field: 'queries' }, 'a list of at least one query', 'an empty list');
  const queries = list.map((item, index) => {
    const field = `queries[${index}]`;
    return read(takeObject(item, { file, field }), index, (name) => ({ file, field: `${field}.${name}` }));
  });
  refuseTwins(queries, file);
  return queries;
}

function refuseTwins(queries: readonly JudgedQuery[], file: string): void {
  const seen = new Map<string, number>();
  queries.forEach(({ id }, index) => {
    const earlier = seen.get(id);
    if (earlier !== undefined) {
      throw fieldError(
        { file, field: `the id of queries[${index}]` },
        'one of its own',
        `${kindOf(id)}, which queries[${earlier}] has too`,
      );
    }
    seen.set(id, index);
  });
}

const readQueryA: QueryReader = (query, index, at) => ({
  id: readId(query.query_id, index, at('query_id')),
  query: takeText(query.query, at('query')),
  label: query.label === undefined || query.label === null ? null : takeText(query.label, at('label')),
  embeddingDim: readDimension(query.embedding_dim, at('embedding_dim')),
  ...readAnswersA(query, at),
});

const readQueryB: QueryReader = (query, index, at) => {
  const slugs = readSlugs(query.relevant, at('relevant'));
  const given = query.grades === undefined ? {} : takeObject(query.grades, at('grades'));
  const grades = new Map(slugs.map((slug) => [pageKey(slug), 1]));
  for (const [slug, grade] of Object.entries(given)) grades.set(pageKey(slug), takeInteger(grade, at(`grades[${JSON.stringify(slug)}]`)));
  return {
    id: readId(query.id, index, at('id')),
    query: takeText(query.query, at('query')),
    label: null,
    embeddingDim: readDimension(query.embedding_dim, at('embedding_dim')),
    grades,
    expectedTop1: null,
  };
};

/** An id may be a number; it counts as the text of it. */
function readId(value: JsonValue | undefined, index: number, place: FieldPlace): string {
  if (value === undefined || value === null) return `entry-${index}`;
  return typeof value === 'number' ? String(takeInteger(value, place)) : takeText(value, place);
}

function readDimension(value: JsonValue | undefined, place: FieldPlace): number | null {
  if (value === undefined || value === null) return null;
  const dimension = takeInteger(value, place);
  if (dimension < 0) throw fieldError(place, 'a number from 0 on', kindOf(dimension));
  return dimension;
}

/** `relevant` wins where the older `relevant_slugs` stand beside it. */
function readAnswersA(query: JsonObject, at: (field: string) => FieldPlace): Pick<JudgedQuery, 'grades' | 'expectedTop1'> {
  if (query.relevant === undefined) {
    const slugs = readSlugs(query.relevant_slugs, at('relevant_slugs'));
    const first = query.first_relevant_slug;
    return {
      grades: new Map(slugs.map((slug) => [pageKey(slug), 1])),
      expectedTop1: first === undefined || first === null ? null : pageKey(takeText(first, at('first_relevant_slug'))),
    };
  }
  const pages = takeList(query.relevant, at('relevant')).map((item, index) => readPage(item, (name) => at(`relevant[${index}]${name}`)));
  if (pages.length === 0) throw fieldError(at('relevant'), 'a list of at least one page', 'an empty list');
  const top = query.expected_top1;
  refuseTwoGrades(pages, at('relevant'));
  return {
    grades: new Map(pages),
    expectedTop1: top === undefined || top === null ? null : readPage(top, (name) => at(`expected_top1${name}`))[0],
  };
}

function refuseTwoGrades(pages: readonly (readonly [key: string, grade: number])[], place: FieldPlace): void {
  const grades = new Map<string, number>();
  for (const [key, grade] of pages) {
    const earlier = grades.get(key) ?? grade;
    if (earlier !== grade) throw fieldError(place, `one grade for ${kindOf(key)}`, `${earlier} and ${grade}`);
    grades.set(key, grade);
  }
}

function readPage(value: JsonValue, at: (field: string) => FieldPlace): [key: string, grade: number] {
  const page = takeObject(value, at(''));
  const source = page.source_id === undefined || page.source_id === null ? undefined : takeText(page.source_id, at('.source_id'));
  return [pageKey(takeText(page.slug, at('.slug')), source), page.grade === undefined ? 1 : takeInteger(page.grade, at('.grade'))];
}

function readSlugs(value: JsonValue | undefined, place: FieldPlace): string[] {
  const list = takeList(value, place);
  if (list.length === 0) throw fieldError(place, 'a list of at least one page', 'an empty list');
  return list.map((slug, index) => takeText(slug, { ...place, field: `${place.field}[${index}]` }));
}
