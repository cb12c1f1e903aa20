import type { ProbeEvent } from '../../schemas/probe-event.ts';
import type { ProbeKind, ProbeOutcome } from '../../schemas/vocabulary.ts';
import { exitCodeOf, type ProbeEnd } from './end-probe.ts';

/** A probe that is about to begin. */
export interface ProbeRequest {
  readonly kind: ProbeKind;
  readonly isEnabled: boolean;
  /** When the schedule meant it to begin, in ISO 8601; null for one by hand. */
  readonly scheduledAt: string | null;
  readonly nowMs: number;
  readonly windowHours: number;
  /** True where the kind embeds texts and no embedder can be opened for it. */
  readonly isEmbedderMissing: boolean;
}

/** Whether a probe may begin; where it may not, how it ended and whether that leaves a row in the audit file. */
export type ProbeDecision = { readonly go: true } | (ProbeEnd & { readonly go: false; readonly isRecorded: boolean });

const COUNTING: ReadonlySet<ProbeOutcome> = new Set(['pass', 'fail', 'inconclusive', 'budget_exceeded']);
const RETRIED: ReadonlySet<ProbeOutcome> = new Set(['error', 'no_embedding_key']);
const MOST_ATTEMPTS = 3;
const HOUR_MS = 3_600_000;

/**
 * Decides by the events that there are, of which those of other kinds and those without a readable time do not matter: a run by hand waits for the end of
 * the window that a counting event opened, or three attempts that came to nothing. A scheduled one is kept single by its nominal time alone.
 */
export function decideProbe(request: ProbeRequest, events: readonly ProbeEvent[]): ProbeDecision {
  if (!request.isEnabled) return stop('disabled', 'probe.nightly.enabled is not true', false);
  const limit = request.scheduledAt === null ? findLimit(request, events) : null;
  if (limit !== null) return stop('rate_limited', limit, false);
  if (request.isEmbedderMissing)
    return stop('no_embedding_key', 'no embedder can be opened, so no collection can be searched as it is', true);
  return { go: true };
}

function findLimit({ kind, nowMs, windowHours }: ProbeRequest, events: readonly ProbeEvent[]): string | null {
  const windowMs = windowHours * HOUR_MS;
  // A row far ahead of the clock would shut everybody out until then; one that is a little ahead comes of clocks that differ.
  const young = events.filter((event) => event.kind === kind && Math.abs(nowMs - Date.parse(event.ts)) < windowMs);
  const within = `within the ${windowHours} hours of probe.nightly.window_hours`;
  const counting = young.findLast(({ outcome }) => COUNTING.has(outcome));
  if (counting !== undefined) return `the probe of ${counting.ts} ended with ${counting.outcome}, ${within}`;
  const attempts = young.filter(({ outcome }) => RETRIED.has(outcome)).length;
  return attempts < MOST_ATTEMPTS ? null : `${attempts} attempts came to nothing ${within}`;
}

function stop(outcome: ProbeOutcome, detail: string, isRecorded: boolean): ProbeDecision {
  return { go: false, outcome, exit_code: exitCodeOf(outcome), detail, isRecorded };
}
