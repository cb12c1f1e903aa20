import { z } from 'zod';

/** `server-state/1`: the embedded server that was last started for a workspace; its process may have ended since. */
export const serverStateSchema = z.strictObject({
  schema: z.literal('server-state/1'),
  pid: z.number().int().positive(),
  /** When that process started, in the form of its operating system; tells a reused process id apart. */
  pid_started: z.string(),
  /** host:port of the gRPC endpoint. */
  address: z.string().regex(/^[^:]+:\d+$/),
  /** URL of Temporal's own pages; null when the server runs without them. */
  ui_address: z.url().nullable(),
  server_version: z.string(),
  started_at: z.iso.datetime(),
  /** True when the server stays up although no command uses it. */
  keep: z.boolean(),
});
export type ServerState = z.infer<typeof serverStateSchema>;

/** `server-user/1`: one command that uses the embedded server. */
export const serverUserSchema = z.strictObject({
  schema: z.literal('server-user/1'),
  pid: z.number().int().positive(),
  pid_started: z.string(),
});
export type ServerUser = z.infer<typeof serverUserSchema>;
