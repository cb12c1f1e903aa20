import type { JsonValue } from '../../domain/shared/json.ts';

/** The type of a value, for messages, which show nothing of what a file holds. */
export function describeInput(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (value === '') return 'an empty text';
  if (Array.isArray(value)) return 'a list';
  return TYPES[typeof value] ?? 'something else';
}

const TYPES: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', boolean: 'a boolean', object: 'an object' };
