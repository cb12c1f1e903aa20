import { z } from 'zod';
import { servedModelSchema } from './served-model.ts';

/** Judges of answers. Part of the config file under `eval.panel`. */
export const panelSettingsSchema = z
  .strictObject({
    judges: z
      .record(z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/, 'expected a small letter, then small letters, digits, - or _'), servedModelSchema)
      .default({})
      .describe('OpenAI-compatible models by their slot: a, b, c, … Two of one provider are two judges.'),
  })
  .meta({ title: 'Panel', description: 'Judges of answers.' });

export type PanelSettings = z.infer<typeof panelSettingsSchema>;
