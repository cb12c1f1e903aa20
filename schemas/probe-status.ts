import { z } from 'zod';
import { probeEventSchema } from './probe-event.ts';

/** What `lauter probe nightly status --json` prints. */
export const probeStatusSchema = z
  .strictObject({
    schema_version: z.literal(1),
    enabled: z.boolean(),
    last_event: probeEventSchema.nullable().describe('The newest row of this ISO week or the one before.'),
    next_due: z.iso.datetime().nullable().describe('By the config, without its jitter; null while it is off.'),
    max_usd: z.number().nonnegative(),
    window_hours: z.number().positive(),
  })
  .meta({ title: 'Probe status', description: 'How the nightly probe stands.' });

export type ProbeStatus = z.infer<typeof probeStatusSchema>;
