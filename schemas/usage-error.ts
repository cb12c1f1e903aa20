import { z } from 'zod';

/** What a command that was asked for JSON prints in place of its result when it could not do its work. */
export const usageErrorSchema = z.strictObject({
  schema_version: z.literal(1),
  error: z.strictObject({
    code: z.string().regex(/^[a-z][a-z\d_]*$/),
    message: z.string(),
    flag: z.string().optional(),
    value: z.string().optional(),
    file: z.string().optional(),
    line: z.number().int().optional(),
  }),
});

export type UsageErrorJson = z.infer<typeof usageErrorSchema>;
