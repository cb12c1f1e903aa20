import { z } from 'zod';

/** `server-status/1`: what `lauter server status --json` prints. Of a server that the environment names, only the address is known. */
export const serverStatusSchema = z.strictObject({
  schema: z.literal('server-status/1'),
  state: z.enum(['answering', 'silent', 'stopped']),
  from: z.enum(['environment', 'workspace']),
  /** Also of a stopped server: the next start tries the same one. Null before the first start. */
  address: z.string().nullable(),
  ui_address: z.string().nullable(),
  pid: z.number().int().positive().nullable(),
  server_version: z.string().nullable(),
  started_at: z.string().nullable(),
  /** True when it stays up although no command uses it. */
  keep: z.boolean(),
  /** Commands that use it. */
  users: z.number().int().nonnegative(),
});

export type ServerStatusReport = z.infer<typeof serverStatusSchema>;
