import { z } from 'zod';
import { servedModelSchema } from './served-model.ts';

/** A model that answers tasks, and what it can hold. Its price stands in `cost.prices`. */
export const replayModelSchema = servedModelSchema.extend({
  window_tokens: z
    .number()
    .int()
    .min(256)
    .default(8_192)
    .describe('Tokens of question and answer together; a bundle that is too long for it is trimmed.'),
  max_tokens: z.number().int().min(16).default(1_024).describe('Tokens that an answer may have.'),
  timeout_s: z.number().min(1).max(3_600).default(120).describe('How long one attempt may take, in seconds.'),
});

/** How tasks are replayed against the exported playbooks. Part of the config file under `replay`. */
export const replaySettingsSchema = z
  .strictObject({
    top_k: z.number().int().min(1).max(1_000).default(8).describe('Playbooks that are retrieved.'),
    model: z.string().min(1).default('extractive/1').describe('Who answers: extractive/1, recorded, or one of the models.'),
    escalate_to: z.string().min(1).optional().describe('Who answers when the gate refused, and only with --allow-escalation.'),
    models: z
      .record(z.string().regex(/^[\w][\w./:-]*$/, 'expected letters, digits and . / : - _'), replayModelSchema)
      .default({})
      .describe('OpenAI-compatible models by the name that --model gives them.'),
    recorded: z
      .string()
      .min(1)
      .optional()
      .describe('File of recorded-answer/1 lines for the model `recorded`; relative ones start from the folder of this file.'),
    log_max_bytes: z
      .number()
      .int()
      .min(1 << 16)
      .default(64 << 20)
      .describe('Bytes beyond which the log of replays is packed into Parquet, when a command that replays ends.'),
    allowed_hosts: z.array(z.string().min(1)).default([]).describe('Hosts beside the loopback that tasks and playbooks may be sent to.'),
  })
  .meta({ title: 'Replay', description: 'How tasks are replayed against the exported playbooks.' });

export type ReplaySettings = z.infer<typeof replaySettingsSchema>;
export type ReplayModelSettings = z.infer<typeof replayModelSchema>;
