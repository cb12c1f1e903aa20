import { z } from 'zod';

/** `config-value/1`: what `lauter config get --json` prints. */
export const configValueSchema = z.strictObject({
  schema: z.literal('config-value/1'),
  /** Config file; it need not exist. */
  file: z.string(),
  /** Null when the whole config was asked for. */
  key: z.string().nullable(),
  /** The value that counts, defaults included; null when the key has neither value nor default. */
  value: z.unknown(),
  /** True when the file states it. */
  is_stated: z.boolean(),
});

export type ConfigValue = z.infer<typeof configValueSchema>;
