import type { ZodType } from 'zod';
import { ConfigError } from '../../domain/shared/errors.ts';
import type { RecordContext } from './source-adapter.ts';

/**
 * Reads a source's options by their schema, once for all records of the source, which share one object. The reader throws ConfigError for options
 * the schema does not allow.
 */
export function optionsReader<Options>(adapter: string, schema: ZodType<Options>): (context: RecordContext) => Options {
  const known = new WeakMap<RecordContext['options'], Options>();
  return ({ options, path }) => {
    const read = known.get(options) ?? parsedOptions(options);
    known.set(options, read);
    return read;

    function parsedOptions(given: RecordContext['options']): Options {
      const parsed = schema.safeParse(given);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw new ConfigError(
        `reading a source with the adapter ${adapter}, on ${path}: expected options it knows, found ${issue?.path.join('.') || 'options'}: ${issue?.message ?? 'not understood'}.`,
        'Correct the options of this source in lauter.config.json.',
      );
    }
  };
}
