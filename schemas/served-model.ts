import { z } from 'zod';
import { environmentNameSchema, webUrlSchema } from './web-url.ts';

/** A model behind an OpenAI-compatible server. */
export const servedModelSchema = z.strictObject({
  base_url: webUrlSchema.describe('Up to and with the version: http://127.0.0.1:8000/v1.'),
  model: z.string().min(1).describe('Name that the server knows it by.'),
  api_key_env: environmentNameSchema.optional().describe('Environment variable that holds the key; none is sent when left out.'),
});

export type ServedModelSettings = z.infer<typeof servedModelSchema>;
