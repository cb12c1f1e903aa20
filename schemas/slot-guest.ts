import { z } from 'zod';

/** `slot-guest/1`: a call that was let in to an inference server while nobody had its slot. The file is there as long as the call may last. */
export const slotGuestSchema = z.strictObject({
  schema: z.literal('slot-guest/1'),
  /** Address of the server, without user, password and query. */
  url: z.string().min(1),
  /** Run that the call belongs to. */
  owner: z.string().min(1),
  pid: z.number().int().positive(),
  /** When that process started, in the form of its operating system; tells a reused process id apart. */
  pid_started: z.string(),
  host: z.string(),
  since: z.iso.datetime(),
  /** When the call has ended, whatever became of it. */
  until: z.iso.datetime(),
});
export type SlotGuest = z.infer<typeof slotGuestSchema>;
