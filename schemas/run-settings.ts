import { z } from 'zod';
import { distillSettingsSchema } from './distill-settings.ts';

/** `run-settings/1`: the settings a run was made under, left in its folder so that its rows can be judged by the same ones later. */
export const runSettingsSchema = z.strictObject({
  schema: z.literal('run-settings/1'),
  run_id: z.string(),
  settings: distillSettingsSchema,
});

export type RunSettings = z.infer<typeof runSettingsSchema>;
