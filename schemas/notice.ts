import { z } from 'zod';
import { PROBE_KINDS, PROBE_OUTCOMES } from './vocabulary.ts';

const count = z.number().int().nonnegative();

const probeStateSchema = z.strictObject({
  is_ok: z.boolean(),
  reason: z.enum(PROBE_OUTCOMES).describe('The outcome that the state comes of.'),
});

/** What those of `probe.notify` get when the state of a kind of probe changes: as a line, on a standard input, as the body of a request. */
export const changeNoticeSchema = z
  .strictObject({
    schema_version: z.literal(1),
    id: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('The same however often it is sent: who has seen it may pass it over.'),
    workspace: z.string().describe('Id of the workspace.'),
    kind: z.enum(PROBE_KINDS),
    before: probeStateSchema,
    after: probeStateSchema,
    at: z.iso.datetime().describe('When the probe ended.'),
    run_uid: z.string().nullable(),
    pass_count: count,
    fail_count: count,
    inconclusive_count: count,
    error_count: count,
    actual_cost_usd: z.number().nonnegative(),
    detail: z.string().nullable(),
    text: z.string().describe('All of it in a sentence.'),
  })
  .meta({ title: 'Notice', description: 'A change in the state of the nightly probe.' });

/** `lake/eval/notices/notices.json`: the state of each kind as it was last seen, and what has yet to be delivered. */
export const noticeBookSchema = z.strictObject({
  schema: z.literal('notice-book/1'),
  states: z.partialRecord(
    z.enum(PROBE_KINDS),
    probeStateSchema.extend({ seen: z.array(z.string()).describe('Ids of the newest runs that it comes of.') }),
  ),
  /** By the id of who gets them. */
  waiting: z.record(
    z.string(),
    z.strictObject({
      /** Oldest first. */
      notices: z.array(changeNoticeSchema),
      /** Why the first of them was not delivered; null where nobody has tried. */
      problem: z.string().nullable(),
      since: z.iso.datetime(),
      /** Older ones that were given up, because too many waited. */
      dropped: count,
    }),
  ),
});

export type ChangeNotice = z.infer<typeof changeNoticeSchema>;
export type NoticeBook = z.infer<typeof noticeBookSchema>;
