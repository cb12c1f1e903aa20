import { asText, isObject } from '../shared/json.ts';
import { parseRecord } from '../shared/parse-record.ts';
import { isBlank } from '../shared/text.ts';
import { inputError, type InputPlace } from '../shared/input-error.ts';

/** Texts of queries by id, in the order of the file. */
export type QueryTexts = ReadonlyMap<string, string>;

/**
 * Reads queries: JSON lines as BEIR has them (`_id`, `text`; also `id` or `query_id`, and `query`), or two columns with a tab between, with or without
 * a header line. CollectionError with file and line for anything else, a blank text or an id that stands twice.
 */
export function readQueryTexts(given: string, file: string): QueryTexts {
  const texts = new Map<string, string>();
  const lines = given.replace(/^\ufeff/, '').split('\n');
  const isJson =
    lines
      .find((line) => !isBlank(line))
      ?.trimStart()
      .startsWith('{') === true;
  lines.forEach((content, index) => {
    if (isBlank(content)) return;
    const place = { file, line: index + 1 };
    const query = isJson ? readJsonLine(content, place) : readColumns(content.replace(/\r$/, ''), place, texts.size === 0);
    if (query === null) return;
    if (texts.has(query.id)) throw refuse(place, 'an id of its own for each query', `${JSON.stringify(query.id)} a second time`);
    texts.set(query.id, query.text);
  });
  if (texts.size === 0) throw refuse({ file }, 'at least one query', 'none');
  return texts;
}

interface Query {
  readonly id: string;
  readonly text: string;
}

function readJsonLine(content: string, place: InputPlace): Query {
  const record = parseRecord(content);
  if (!record.ok) throw refuse(place, 'a JSON object', record.detail);
  if (!isObject(record.value)) throw refuse(place, 'a JSON object', 'another value');
  const { _id, id, query_id, text, query } = record.value;
  const found = { id: asText(_id ?? id ?? query_id), text: asText(text ?? query) };
  if (found.id === undefined || isBlank(found.id)) throw refuse(place, 'an id in _id, id or query_id', 'none');
  if (found.text === undefined || isBlank(found.text)) throw refuse(place, 'a text in text or query', 'none');
  return { id: found.id, text: found.text };
}

const HEADER = /^(?:query[-_ ]?id|qid|id|_id)$/i;

function readColumns(content: string, place: InputPlace, isFirst: boolean): Query | null {
  const [id, text, ...rest] = content.split('\t').map((column) => column.trim());
  if (id === undefined || text === undefined || id === '' || text === '' || rest.length > 0) {
    throw refuse(place, 'two columns with a tab between (id, text)', `${rest.length + (text === undefined ? 1 : 2)}`);
  }
  return isFirst && HEADER.test(id) ? null : { id, text };
}

function refuse(place: InputPlace, expected: string, found: string): Error {
  return inputError('reading queries', place, expected, found, 'Correct the file, or name another one with --queries.');
}
