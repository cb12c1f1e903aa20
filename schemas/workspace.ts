import { z } from 'zod';

/** `workspace/1`: makes a folder a workspace. */
export const workspaceSchema = z.strictObject({
  schema: z.literal('workspace/1'),
  /** Version of the layout. */
  format: z.number().int().positive(),
  id: z.string().regex(/^[0-9a-f]{8}$/),
  /** Version of lauter that made it. */
  version: z.string(),
  created_at: z.string(),
});

export type Workspace = z.infer<typeof workspaceSchema>;
