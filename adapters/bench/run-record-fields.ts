import { runFileRecordSchema } from '../../schemas/bench-run-file.ts';

/** The fields of each kind of record that Lauter knows. */
export const KNOWN_FIELDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  runFileRecordSchema.options.map(({ shape }) => [shape.record_type.value, new Set(Object.keys(shape))]),
);
