import { z } from 'zod';
import { BENCH_MODES, PROBE_KINDS } from './vocabulary.ts';
import { environmentNameSchema, webUrlSchema } from './web-url.ts';

/** A number from 0 on, written out. */
const DECIMAL = /^(?:\d+\.?\d*|\.\d+)$/;

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
        mode: z.enum(BENCH_MODES).default('hybrid').describe('Headline retrieval mode; all but `lexical` need bench.embedding_model.'),
        min_scoreable: z.number().int().min(0).default(100).describe('Questions that must be scoreable.'),
        temperature: z.number().min(0).default(0.7).describe('As it is deployed; the same in all runs.'),
      })
      .optional()
      .describe('Which bench is run three times.'),
    replay_queue: z
      .strictObject({
        tasks: z.string().min(1).describe('File with a task on each line; relative ones start from the folder of this file.'),
        limit: z.number().int().min(1).default(20).describe('Tasks that are replayed.'),
        retriever: z.enum(['jaccard', 'bm25']).default('jaccard').describe('How playbooks are found.'),
      })
      .optional()
      .describe('Tasks that are replayed with the model and the limits of `replay`; another model is never asked.'),
  })
  .meta({ title: 'Nightly probe', description: 'What runs every night.' });

/** What gbrain calls the nightly probe; its key-value store holds numbers and truth as text. Part of the config file under `autopilot`. */
export const autopilotSettingsSchema = z
  .strictObject({
    nightly_quality_probe: z
      .strictObject({
        enabled: z.union([z.boolean(), z.enum(['true', 'false'])]).describe('As probe.nightly.enabled.'),
        max_usd: z
          .union([z.number().min(0), z.string().regex(DECIMAL, 'expected a number from 0 on')])
          .describe('As probe.nightly.max_usd.'),
        window_hours: z
          .union([z.number().positive(), z.string().regex(DECIMAL, 'expected a number above 0')])
          .describe('As probe.nightly.window_hours.'),
      })
      .partial()
      .default({})
      .describe('Counts as probe.nightly where that says nothing; where both say something, it has to be the same.'),
  })
  .meta({ title: 'Autopilot', description: 'The nightly probe by the names of gbrain.' });

/** Part of the config file under `probe`. */
export const probeSettingsSchema = z
  .strictObject({
    nightly: nightlySettingsSchema.prefault({}),
    notify: z.array(noticeSchema).default([]).describe('Who hears when the state changes, once for each change.'),
  })
  .meta({ title: 'Probe', description: 'What runs every night, and who hears of it.' });

export type NightlySettings = z.infer<typeof nightlySettingsSchema>;
export type ProbeSettings = z.infer<typeof probeSettingsSchema>;
export type NoticeReceiver = z.infer<typeof noticeSchema>;
