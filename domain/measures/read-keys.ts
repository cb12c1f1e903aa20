import { inputError, type InputPlace } from '../shared/input-error.ts';
import { parseRecord } from '../shared/parse-record.ts';
import { isBlank } from '../shared/text.ts';

/** Reads a ranked list of keys: one a line, as it stands, or a JSON list of texts. Nothing at all is the empty list. CollectionError for anything else. */
export function readKeys(given: string, file: string): string[] {
  const text = given.replace(/^\ufeff/, '');
  if (!text.trimStart().startsWith('[')) {
    return text
      .split('\n')
      .map((line) => line.replace(/\r$/, ''))
      .filter((line) => !isBlank(line));
  }
  const record = parseRecord(text);
  if (!record.ok) throw refuse({ file }, 'a JSON list', record.detail);
  const keys = Array.isArray(record.value) ? record.value : [];
  return keys.map((key, at) => {
    if (typeof key === 'string' && !isBlank(key)) return key;
    throw refuse({ file }, `a text as item ${at + 1}`, key === null ? 'null' : typeof key === 'string' ? 'a blank one' : `a ${typeof key}`);
  });
}

function refuse(place: InputPlace, expected: string, found: string): Error {
  return inputError('reading a ranked list', place, expected, found, 'Give one key a line, or a JSON list of texts.');
}
