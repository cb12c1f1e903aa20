import { z } from 'zod';
import { probeEventSchema } from './probe-event.ts';
import { PROBE_KINDS, PROBE_OUTCOMES } from './vocabulary.ts';

const exitCode = z.number().int().min(0).max(2);

/** What `lauter probe nightly run --json` prints. */
export const probeRunSchema = z
  .strictObject({
    schema_version: z.literal(1),
    run_id: z.string().nullable().describe('Null where nothing was begun.'),
    exit_code: exitCode.describe('The worst of its kinds.'),
    probes: z.array(
      z.strictObject({
        kind: z.enum(PROBE_KINDS),
        outcome: z.enum(PROBE_OUTCOMES),
        exit_code: exitCode,
        detail: z.string().nullable(),
        event: probeEventSchema.nullable().describe('Its row in the audit file; null where it left none.'),
      }),
    ),
  })
  .meta({ title: 'Probe run', description: 'How a run of the nightly probe ended.' });

export type ProbeRun = z.infer<typeof probeRunSchema>;
