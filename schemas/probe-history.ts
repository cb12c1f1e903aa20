import { z } from 'zod';
import { probeEventSchema } from './probe-event.ts';
import { reportMetaSchema } from './report-meta.ts';

/** What came of the probes of some weeks, and what is to come. */
export const probeHistorySchema = z
  .strictObject({
    schema_version: z.literal(1),
    until: z.iso.datetime().describe('When it was read.'),
    enabled: z.boolean(),
    next_due: z.iso.datetime().nullable().describe('Null where nothing is due, or nobody is up to say.'),
    max_usd: z.number().nonnegative().describe('Cap of a night, as the config has it now.'),
    window_hours: z.number().positive(),
    corrupt_lines: z.number().int().nonnegative().describe('Lines of the audit files that could not be read; they do not count.'),
    notices: z.array(z.string()).describe('What should be known of the schedule and of the files.'),
    events: z.array(probeEventSchema).describe('Oldest first.'),
    _meta: reportMetaSchema,
  })
  .meta({ title: 'Probe history', description: 'What came of the probes of some weeks.' });

export type ProbeHistory = z.infer<typeof probeHistorySchema>;
