import { z } from 'zod';
import { LEASE_STATES } from './vocabulary.ts';

const instant = z.iso.datetime({ offset: true });

/**
 * `pause-lease/1`: the marker of a pause, `locks/pause-lease.json`. It is the truth about who holds production paused, and until when. Fields
 * that a later version adds are ignored: whoever finds a marker must be able to resume.
 */
export const pauseLeaseSchema = z.object({
  schema: z.literal('pause-lease/1').optional(),
  /** Workflow id of the run that asked for the pause. */
  owner: z.string().min(1),
  /** Grows with every lease of the workspace; whoever holds an older one may neither renew nor release. */
  token: z.number().int().positive(),
  production_url: z.url({ protocol: /^https?$/ }),
  /** Where the owner's worker runs, and its process there. */
  host: z.string(),
  pid: z.number().int().positive(),
  /** When that process started, in the form of its operating system; tells a reused process id apart. */
  pid_started: z.string().optional(),
  started_at: instant,
  ttl_s: z.number().positive(),
  renewed_at: instant,
  deadline_at: instant,
  state: z.enum(LEASE_STATES),
});
export type PauseLease = z.infer<typeof pauseLeaseSchema>;

/** `pause-tokens/1`: the last token that was given out, and the last lease whose end was verified. Outlives every marker. */
export const pauseTokensSchema = z.strictObject({
  schema: z.literal('pause-tokens/1'),
  last: z.number().int().nonnegative(),
  resumed: z.strictObject({ token: z.number().int().positive(), at: instant }).nullable(),
});
export type PauseTokens = z.infer<typeof pauseTokensSchema>;

/** What stands where the marker of a pause would stand. */
export type PauseMarker =
  | { readonly kind: 'none' }
  | { readonly kind: 'lease'; readonly lease: PauseLease }
  /** Something that is no lease; `url` is the production that it names all the same. */
  | { readonly kind: 'unreadable'; readonly problem: string; readonly url: string | null };
