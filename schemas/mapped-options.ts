import { z } from 'zod';

/**
 * Where a field stands in a record: a JSON pointer when it begins with `/` (`/turns/0/text`), else keys joined by dots (`turns.0.text`).
 * A `?` at the end allows records without it.
 */
const fieldPath = z.string().regex(/[^?]/, 'expected a JSON pointer such as /a/b/0 or a dotted path such as a.b.0');

const fieldsSchema = z
  .strictObject({
    prompt: fieldPath.optional(),
    response: fieldPath.optional(),
    messages: fieldPath.optional(),
    system: fieldPath.optional(),
    task_id: fieldPath.optional(),
    id: fieldPath.optional(),
    created_at: fieldPath.optional(),
    model: fieldPath.optional(),
    label: fieldPath.optional(),
    reward: fieldPath.optional(),
    passed: fieldPath.optional(),
  })
  .refine(
    ({ messages, prompt, response }) =>
      messages === undefined ? prompt !== undefined && response !== undefined : prompt === undefined && response === undefined,
    'expected either messages, or prompt and response',
  );

/** Options of a source with the adapter `mapped`: how its records lie in the file and where their fields are. */
export const mappedOptionsSchema = z.strictObject({
  layout: z.enum(['lines', 'elements', 'document']).default('lines'),
  fields: fieldsSchema,
  /** What a label of the source means. Without it the labels themselves must be these words. */
  label_map: z.record(z.string(), z.enum(['accepted', 'rejected', 'partial'])).optional(),
});

export type MappedOptions = z.infer<typeof mappedOptionsSchema>;
export type MappedField = keyof MappedOptions['fields'];
