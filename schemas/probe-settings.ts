import { z } from 'zod';
import { PROBE_KINDS } from './vocabulary.ts';
import { environmentNameSchema, webUrlSchema } from './web-url.ts';

/** Who hears of a change of state. */
const noticeSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('file'),
    path: z.string().min(1).describe('Gets a line of JSON; relative ones start from the folder of this file.'),
  }),
  z.strictObject({
    kind: z.literal('command'),
    command: z
      .array(z.string())
      .min(1)
      .describe('Program and arguments; the notice comes as JSON on its standard input. No shell is asked.'),
    timeout_s: z.number().min(1).max(600).default(30),
  }),
  z.strictObject({
    kind: z.literal('webhook'),
    url: webUrlSchema,
    secret_env: environmentNameSchema.describe('Environment variable with the secret that the body is signed with (HMAC-SHA256).'),
    allow_private: z.boolean().default(false).describe('Whether it may be an address of this machine or of a private network.'),
    timeout_s: z.number().min(1).max(60).default(10),
  }),
]);

/** What runs every night. Part of the config file under `probe.nightly`. */
export const nightlySettingsSchema = z
  .strictObject({
    enabled: z
      .union([z.boolean(), z.enum(['true', 'false'])])
      .default(false)
      .describe('Only true, or the word true, turns it on.'),
    cron: z.string().min(1).default('30 3 * * *').describe('When it begins: minute, hour, day of the month, month, day of the week.'),
    time_zone: z.string().min(1).default('UTC').describe('IANA name of the time zone that cron is read in.'),
    jitter_s: z.number().int().min(0).max(3_600).default(60).describe('It begins up to this much later, by chance, in seconds.'),
    catch_up_s: z
      .number()
      .int()
      .min(10)
      .max(604_800)
      .default(43_200)
      .describe('A start that was missed is made up for this long, in seconds.'),
    overlap: z.enum(['skip', 'buffer_one']).default('skip').describe('What a start does while the one before goes on.'),
    max_usd: z.number().min(0).default(5).describe('Most that one night may spend, in US dollars.'),
    window_hours: z.number().positive().default(20).describe('A run by hand waits this long after one that counts.'),
    kinds: z.array(z.enum(PROBE_KINDS)).min(1).default(['quality']).describe('What is looked at.'),
    quality: z
      .strictObject({
        fixture: z.string().min(1).optional().describe('File of LongMemEval questions; relative ones start from the folder of this file.'),
        limit: z.number().int().min(1).default(10).describe('Questions that are asked.'),
      })
      .prefault({})
      .describe('Questions that are searched, answered and judged.'),
    determinism: z
      .strictObject({
        corpus_version: z.string().min(1).describe('Label of a frozen corpus.'),
        qa: z.string().min(1).describe('Label of a fixture of questions.'),
        model: z.string().min(1).describe('Name that the inference server knows it by.'),
      })
      .optional()
      .describe('Which bench is run three times.'),
  })
  .meta({ title: 'Nightly probe', description: 'What runs every night.' });

/** Part of the config file under `probe`. */
export const probeSettingsSchema = z
  .strictObject({
    nightly: nightlySettingsSchema.prefault({}),
    notify: z.array(noticeSchema).default([]).describe('Who hears when the state changes, once for each change.'),
  })
  .meta({ title: 'Probe', description: 'What runs every night, and who hears of it.' });

export type NightlySettings = z.infer<typeof nightlySettingsSchema>;
export type ProbeSettings = z.infer<typeof probeSettingsSchema>;
export type Notice = z.infer<typeof noticeSchema>;
