import type { JsonObject } from '../../shared/json.ts';
import { MAX_SUMMARY_CHARS, OUTCOME_WORDS, shapeOf } from '../output-shape.ts';

/** JSON Schema of the answer to an event of a source: for servers that can hold a model to one, and the part of the prompt's hash that names fields. */
export function enrichmentReplySchema(source: string): JsonObject {
  const { categories, hasIntent } = shapeOf(source);
  const strings = { type: 'array', items: { type: 'string' } };
  const entities: JsonObject =
    categories === null
      ? { type: 'object', additionalProperties: strings }
      : {
          type: 'object',
          properties: Object.fromEntries(categories.map((category) => [category, strings])),
          required: [...categories],
          additionalProperties: false,
        };
  return {
    type: 'object',
    properties: {
      summary: { type: 'string', minLength: 1, maxLength: MAX_SUMMARY_CHARS },
      ...(hasIntent ? { intent: { type: 'string' }, outcome: { type: 'string', enum: [...OUTCOME_WORDS] } } : {}),
      entities,
    },
    required: ['summary', ...(hasIntent ? ['intent', 'outcome'] : []), 'entities'],
    additionalProperties: false,
  };
}
