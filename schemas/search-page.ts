import { z } from 'zod';

const link = z.object({ type: z.string().min(1), target: z.string().min(1) });

const take = z.object({
  row_num: z.number().int().min(1),
  holder: z.string(),
  text: z.string(),
  active: z.boolean().default(true),
  effective_date: z.string().optional(),
});

/**
 * One page of a collection, as it is read, kept and indexed. Its identity is `source_id::slug`. Fields whose name begins with `_` never get here:
 * they are taken off where a page is read.
 */
export const searchPageSchema = z
  .object({
    source_id: z.string().min(1).default('default'),
    slug: z.string().min(1),
    title: z.string(),
    type: z.string().default('page'),
    compiled_truth: z.string().optional(),
    timeline: z.string().optional(),
    text: z.string().optional(),
    aliases: z.array(z.string()).default([]),
    links: z.array(link).default([]),
    takes: z.array(take).default([]),
    superseded_by: z.string().optional(),
    effective_date: z.string().optional().describe('A date that the content states, never that of a file or an import.'),
    effective_date_source: z.enum(['front_matter', 'text', 'user']).optional(),
    session_id: z.string().optional(),
    salience: z.number().min(0).max(1).optional(),
    updated_at: z.string().optional(),
    embedding_dim: z.number().int().min(0).optional().describe('Unit vector of the deterministic embedder; for fixtures.'),
  })
  .meta({ title: 'Page', description: 'One page of a collection.' });

export type SearchPage = z.infer<typeof searchPageSchema>;
