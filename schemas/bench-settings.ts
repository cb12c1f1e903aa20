import { z } from 'zod';
import { environmentNameSchema as environmentName, webUrlSchema as url } from './web-url.ts';

/** What the bench talks to, and how it asks. Part of the config file under `bench`. */
export const benchSettingsSchema = z
  .strictObject({
    base_url: url.default('http://127.0.0.1:8000/v1').describe('The inference server that is measured, OpenAI-compatible.'),
    api_key_env: environmentName
      .optional()
      .describe('Environment variable that holds the key of the inference server; none is sent when left out.'),
    allowed_hosts: z
      .array(z.string().min(1))
      .default([])
      .describe('Hosts beside the loopback that a bench may send events to. Addresses of cloud metadata are refused in any case.'),
    production_url: url.optional().describe('The system that is paused while models are measured.'),
    embedding_model: z.string().min(1).optional().describe('Model of the inference server that embeds outputs and questions.'),
    judge_model: z
      .string()
      .min(1)
      .optional()
      .describe('Model that scores a sample of the answers; never the one under test. Without one a verdict is about retrieval only.'),
    judge_url: url.optional().describe('Where the judge is served, when not by the inference server.'),
    judge_api_key_env: environmentName.optional().describe('Environment variable that holds the key of the judge.'),
  })
  .meta({ title: 'Bench', description: 'What the bench talks to, and how it asks.' });

export type BenchSettings = z.infer<typeof benchSettingsSchema>;
