import { z } from 'zod';

/** What `lauter search embedder add` did. */
export const embedderPartSchema = z
  .strictObject({
    schema_version: z.literal(1),
    outcome: z.enum(['installed', 'present']).describe('present: it was there already.'),
    folder: z.string().min(1),
    packages: z.array(z.strictObject({ name: z.string().min(1), version: z.string().min(1) })).min(1),
  })
  .meta({ title: 'Optional embedder part', description: 'What was installed to run sentence encoders on this machine.' });

export type EmbedderPart = z.infer<typeof embedderPartSchema>;
