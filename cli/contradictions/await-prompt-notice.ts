import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../../domain/shared/errors.ts';
import type { Io } from '../io.ts';

/** What the judge was told in the run before, and what it is told now. */
export interface PromptVersions {
  /** Null where there was no run before. */
  readonly before: string | null;
  readonly now: string;
}

const USUAL_GRACE_S = 10;
const LONGEST_GRACE_S = 3_600;

/**
 * Tells that the judge is told something else than in the last run, so that old verdicts do not serve and figures are not comparable. A person at a
 * terminal gets a while to think better of it: LAUTER_PROBE_PROMPT_GRACE_SECONDS, none with LAUTER_NO_PROBE_PROMPT=1. UsageError for a time that is none.
 */
export async function awaitPromptNotice(io: Io, { before, now }: PromptVersions): Promise<'go' | 'aborted'> {
  const graceS = graceOf(io.env.LAUTER_PROBE_PROMPT_GRACE_SECONDS);
  if (before === null || before === now) return 'go';
  const told = `the prompt of the judge has changed since the last run, from ${before} to ${now}: verdicts of before do not count any more, and the trend starts anew`;
  if (!io.isTerminal || io.env.LAUTER_NO_PROBE_PROMPT === '1' || graceS === 0) {
    io.err(told);
    return 'go';
  }
  io.err(`${told}\nbeginning in ${graceS} s; interrupt to leave it …`);
  const stop = new AbortController();
  const endListening = io.onInterrupt(() => stop.abort());
  try {
    await sleep(graceS * 1_000, undefined, { signal: stop.signal });
    return 'go';
  } catch {
    io.err('nothing was called');
    return 'aborted';
  } finally {
    endListening();
  }
}

function graceOf(stated: string | undefined): number {
  if (stated === undefined || stated.trim() === '') return USUAL_GRACE_S;
  const seconds = Number(stated);
  if (/^\d+(?:\.\d+)?$/.test(stated.trim()) && seconds <= LONGEST_GRACE_S) return seconds;
  throw new UsageError(
    `reading LAUTER_PROBE_PROMPT_GRACE_SECONDS: expected seconds from 0 to ${LONGEST_GRACE_S}, found ${JSON.stringify(stated)}.`,
    'Set it to a number such as 10, or unset it.',
  );
}
