import { MOST_SYNOPSIS_TOKENS, readSynopsis, synopsisMessages, synopsisSource, type SearchIndex } from '../../domain/search/index.ts';
import { isWorthRetrying } from '../../domain/shared/call-retry.ts';
import { ConfigError, RetrieverError } from '../../domain/shared/errors.ts';
import { mostTokens } from '../../domain/shared/most-tokens.ts';
import type { SynopsisCall, Synopsizer } from '../search-ports.ts';

/** Synopses of the pages of an index, by their numbers, and what became of those that have none. */
export interface Synopses {
  /** Null for a page that goes by its title. */
  readonly texts: readonly (string | null)[];
  /** Pages that have one. */
  readonly written: number;
  /** Pages whose model wrote none that could be used; it is not asked again. */
  readonly unusable: number;
  /** Pages that no answer came for; the next indexing asks again. */
  readonly unanswered: number;
}

/** Pages that a model is asked about at the same time. */
const AT_ONCE = 4;
/** Pages between two looks at interrupts. */
const TURN = 64;
const MOST_ATTEMPTS = 3;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** Pages in a row that no answer came for: then none will come for the others either. */
const MOST_SILENT = 5;

/**
 * Has a model say what each page is about. What was answered is durable before its page counts as done, and taken from there the next time. Rejects with the
 * signal's reason, with a RetrieverError when the model has fallen silent, with an OverBudgetError when a call may not be paid for. A call that is
 * going on is never broken off, because it may have to be paid for.
 */
export async function writeSynopses(
  synopsizer: Synopsizer,
  index: SearchIndex,
  onDone: (pages: number) => void,
  signal: AbortSignal,
): Promise<Synopses> {
  const texts = Array<string | null>(index.pageCount).fill(null);
  const counts = { written: 0, unusable: 0, unanswered: 0 };
  const asking = new Map<string, Promise<Asked>>();
  let [next, done, silent] = [0, 0, 0];
  let failure: { readonly reason: unknown } | undefined;

  async function tell(page: number): Promise<void> {
    const source = synopsisSource(index.page(page).title, textOf(index, page));
    if (source === null) return;
    const key = synopsizer.sha256(source);
    const asked = asking.get(key) ?? ask(synopsizer, key, source, signal);
    // Equal pages that come at the same time are one call; later ones find it kept.
    asking.set(key, asked);
    const found = await asked.finally(() => asking.delete(key));
    if (found.state === 'silent') {
      counts.unanswered += 1;
      silent += 1;
      if (silent >= MOST_SILENT) throw silence(synopsizer, silent, found.detail);
      return;
    }
    if (found.isFresh) silent = 0;
    texts[page] = found.synopsis;
    if (found.synopsis === null) counts.unusable += 1;
    else counts.written += 1;
  }

  async function takeTurns(): Promise<void> {
    while (failure === undefined && next < index.pageCount) {
      const page = next;
      next += 1;
      try {
        // Where all is kept nobody is waited for, and nothing else would let an interrupt through.
        if (page % TURN === TURN - 1) await new Promise((resolve) => setTimeout(resolve));
        signal.throwIfAborted();
        await tell(page);
        done += 1;
        onDone(done);
      } catch (reason) {
        // A wait that is broken off only says that there was a signal.
        failure ??= { reason: signal.aborted ? signal.reason : reason };
      }
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
  if (failure !== undefined) throw failure.reason;
  return { texts, ...counts };
}

type Asked =
  | { readonly state: 'known'; readonly synopsis: string | null; readonly isFresh: boolean }
  | { readonly state: 'silent'; readonly detail: string };

async function ask(synopsizer: Synopsizer, key: string, source: string, signal: AbortSignal): Promise<Asked> {
  const kept = synopsizer.cache.get(key);
  if (kept !== undefined) return { state: 'known', synopsis: kept, isFresh: false };
  const messages = synopsisMessages(source);
  for (let attempts = 1; ; attempts += 1) {
    const call = await paidCall(synopsizer, messages);
    if (call.state === 'answered') {
      // A text that was cut off says what it says, but not all of it.
      const synopsis = call.finishReason === 'length' ? null : readSynopsis(call.text);
      await synopsizer.cache.put(key, synopsis);
      return { state: 'known', synopsis, isFresh: true };
    }
    if (attempts === MOST_ATTEMPTS || !isWorthRetrying(call.kind)) return { state: 'silent', detail: `${call.kind}: ${call.detail}` };
    await synopsizer.wait(Math.min(LONGEST_WAIT_MS, call.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempts - 1)), signal);
  }
}

/** One call that is paid for. What is not reported counts in full, also where no answer came. */
async function paidCall({ pay, model, ask: call }: Synopsizer, messages: ReturnType<typeof synopsisMessages>): Promise<SynopsisCall> {
  const mostInputTokens = mostTokens(messages.map(({ content }) => content));
  const planned = { lane: 'synopsis', model, mostInputTokens, mostOutputTokens: MOST_SYNOPSIS_TOKENS } as const;
  const outcome = await pay<SynopsisCall | ConfigError>(planned, async () => {
    try {
      const reply = await call(messages, MOST_SYNOPSIS_TOKENS);
      const usage = reply.state === 'answered' ? reply.usage : null;
      return { reply, usage: usage === null ? null : { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } };
    } catch (error) {
      // Refused here, before anything was sent; whatever else goes wrong may have cost something.
      if (error instanceof ConfigError) return { reply: error, usage: 'no-call' };
      throw error;
    }
  });
  if (outcome instanceof ConfigError) throw outcome;
  return outcome;
}

/** The text of a page without its title: its chunks in their order. */
function textOf(index: SearchIndex, page: number): string {
  const [first = 0, end = 0] = index.firstChunks.subarray(page, page + 2);
  return Array.from({ length: end - first }, (_, at) => index.chunkText(first + at)).join('\n\n');
}

function silence({ id }: Synopsizer, pages: number, detail: string): RetrieverError {
  return new RetrieverError(
    `writing synopses, with ${id}: expected answers, found none for ${pages} pages in a row, last ${detail}.`,
    'Look whether the server of search.synopsis_model runs, or set search.contextual to title. Synopses that were written are kept.',
  );
}
