import { z } from 'zod';

const instant = z.iso.datetime().nullable();

/** What `lauter schedule list --json` prints. */
export const scheduleListSchema = z
  .strictObject({
    schema_version: z.literal(1),
    engine: z.strictObject({ state: z.enum(['answering', 'silent', 'stopped']), address: z.string().nullable() }),
    schedules: z.array(
      z.strictObject({
        name: z.string(),
        state: z
          .enum(['active', 'paused', 'differs', 'missing', 'extra', 'unknown'])
          .describe(
            'differs: the config says something else. missing: not on the server. extra: not in the config. unknown: no server to ask. The last four are for `lauter schedule apply`.',
          ),
        workflow: z.string().nullable(),
        cron: z.string().nullable(),
        time_zone: z.string().nullable(),
        jitter_s: z.number().nullable(),
        catch_up_s: z.number().nullable(),
        overlap: z.string().nullable(),
        next_at: instant.describe('As the server says; where it cannot be asked, as the config says.'),
        last_at: instant,
        running: z.number().int().nonnegative(),
        missed: z.number().int().nonnegative().describe('Starts that were too late to be made up.'),
        skipped: z.number().int().nonnegative().describe('Starts that were left out because the one before still went on.'),
        note: z.string().nullable(),
      }),
    ),
    workers: z.array(z.string()).describe('Who is up to run them, as process@host.'),
  })
  .meta({ title: 'Schedules', description: 'What begins by itself, as the config and the server have it.' });

export type ScheduleList = z.infer<typeof scheduleListSchema>;
