import { isObject, type JsonObject } from '../shared/json.ts';
import { lastJsonText } from '../shared/last-json.ts';
import { parseStrictJson, StrictJsonError } from '../shared/strict-json.ts';

/** What was read, or why it could not be; the reason quotes nothing of the reply. */
export type Read<Found> = ({ readonly ok: true } & Found) | { readonly ok: false; readonly error: string };

/** The object in a judge's reply: its last complete JSON value. */
export function readReply(text: string): Read<{ readonly value: JsonObject }> {
  const json = lastJsonText(text);
  if (json === undefined) return { ok: false, error: 'the reply holds no complete JSON value' };
  try {
    const value = parseStrictJson(json);
    return isObject(value) ? { ok: true, value } : { ok: false, error: 'the last JSON value of the reply is not an object' };
  } catch (error) {
    if (error instanceof StrictJsonError)
      return { ok: false, error: `the last JSON value of the reply is not sound: ${FAULTS[error.fault]}` };
    throw error;
  }
}

const FAULTS = {
  broken_json: 'it is broken',
  duplicate_key: 'a key stands twice in one object',
  not_finite: 'a number is not finite',
  too_deep: 'it nests too deep',
  lone_surrogate: 'a string holds half of a surrogate pair',
} as const;

/** What is wrong with the names of an object that should have exactly the dimensions; undefined when nothing is. */
export function sameNames(object: JsonObject, dimensions: readonly string[]): string | undefined {
  const missing = dimensions.filter((name) => !Object.hasOwn(object, name));
  if (missing.length > 0) return `missing in the reply: ${missing.join(', ')}`;
  const more = Object.keys(object).length - dimensions.length;
  return more === 0 ? undefined : `the reply has ${more} more dimension${more === 1 ? '' : 's'} than were asked for`;
}
