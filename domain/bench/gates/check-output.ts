import type { AttemptGates } from '../../../schemas/bench-attempt.ts';
import { isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { isBlank } from '../../shared/text.ts';
import { MAX_SUMMARY_CHARS, OUTCOME_WORDS, shapeOf } from '../output-shape.ts';
import { findObject } from './find-object.ts';

/** Whether an answer is what was asked for; `parsed_output` is the object it holds, also when that is of the wrong shape. */
export interface OutputCheck extends Pick<AttemptGates, 'schema_valid' | 'schema_errors'> {
  readonly parsed_output: JsonObject | null;
}

/** Checks the answer to an event of `source` against its shape. Keys that the shape does not name are ignored. Never throws, whatever the text. */
export function checkOutput(raw: string, source: string): OutputCheck {
  const found = findObject(raw);
  if ('error' in found) return { schema_valid: false, schema_errors: [found.error], parsed_output: null };
  const errors = checkObject(found.object, source);
  return { schema_valid: errors.length === 0, schema_errors: errors, parsed_output: found.object };
}

function checkObject(output: JsonObject, source: string): string[] {
  const { categories, hasIntent } = shapeOf(source);
  return [
    ...checkSummary(own(output, 'summary')),
    ...checkEntities(own(output, 'entities'), categories),
    ...(hasIntent ? [...checkIntent(own(output, 'intent')), ...checkOutcome(own(output, 'outcome'))] : []),
  ];
}

/** The property of the answer itself: every object inherits some that no model wrote. */
function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function checkSummary(summary: JsonValue | undefined): string[] {
  if (typeof summary !== 'string') return [expected('summary', 'a string', summary)];
  if (isBlank(summary)) return ['summary: expected some text, found none'];
  const length = [...summary].length;
  return length > MAX_SUMMARY_CHARS ? [`summary: expected at most ${MAX_SUMMARY_CHARS} characters, found ${length}`] : [];
}

function checkEntities(entities: JsonValue | undefined, categories: readonly string[] | null): string[] {
  if (!isObject(entities)) return [expected('entities', 'an object of lists', entities)];
  return (categories ?? Object.keys(entities)).flatMap((category) => checkCategory(category, own(entities, category)));
}

function checkCategory(category: string, list: JsonValue | undefined): string[] {
  // A category with nothing to say may be left out.
  if (list === undefined) return [];
  if (!Array.isArray(list)) return [expected(`entities.${category}`, 'a list of strings', list)];
  const wrong = list.find((item) => typeof item !== 'string');
  return wrong === undefined ? [] : [expected(`entities.${category}`, 'strings only', wrong)];
}

function checkIntent(intent: JsonValue | undefined): string[] {
  return typeof intent === 'string' ? [] : [expected('intent', 'a string', intent)];
}

function checkOutcome(outcome: JsonValue | undefined): string[] {
  if (typeof outcome === 'string' && OUTCOME_WORDS.includes(outcome)) return [];
  return [expected('outcome', `one of ${OUTCOME_WORDS.join(', ')}`, outcome)];
}

function expected(field: string, what: string, value: JsonValue | undefined): string {
  return `${field}: expected ${what}, found ${nameType(value)}`;
}

function nameType(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
