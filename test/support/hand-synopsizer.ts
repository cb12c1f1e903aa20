import { createHash } from 'node:crypto';
import type { PayForCall } from '../../activities/budget-ports.ts';
import type { SynopsisCall, Synopsizer } from '../../activities/search-ports.ts';

/** A model that is asked here, what it was asked, and how long it was told to be left alone. */
export interface HandSynopsizer extends Synopsizer {
  /** What stood in the fence, in the order of the calls. */
  readonly asked: readonly string[];
  readonly waits: readonly number[];
}

/** Pays whatever is asked for. */
export const paysAnything: PayForCall = async (_call, make) => (await make()).reply;

/** An answer that came. */
export function saying(text: string, more: Partial<Extract<SynopsisCall, { state: 'answered' }>> = {}): SynopsisCall {
  return { state: 'answered', text, finishReason: 'stop', usage: { prompt_tokens: 100, completion_tokens: 20 }, ...more };
}

/** No answer. */
export function failing(kind: Extract<SynopsisCall, { state: 'failed' }>['kind'], retryAfterMs: number | null = null): SynopsisCall {
  return { state: 'failed', kind, detail: 'as scripted', retryAfterMs };
}

/** A synopsizer that answers as it is told by the page, and waits for nothing; `kept` outlives it. */
export function handSynopsizer(
  answer: (page: string, call: number) => SynopsisCall | Promise<SynopsisCall>,
  kept = new Map<string, string | null>(),
  pay = paysAnything,
  id = 'scribe:1',
): HandSynopsizer {
  const asked: string[] = [];
  const waits: number[] = [];
  return {
    id,
    model: 'scribe-small',
    asked,
    waits,
    pay,
    cache: {
      get: (key) => kept.get(key),
      put: (key, synopsis) => {
        kept.set(key, synopsis);
        return Promise.resolve();
      },
    },
    ask: async (messages) => {
      const page = messages.at(-1)!.content.replace(/^<passage>\n|\n<\/passage>$/g, '');
      asked.push(page);
      return answer(page, asked.length);
    },
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    wait: (ms, signal) => {
      signal.throwIfAborted();
      waits.push(ms);
      return Promise.resolve();
    },
  };
}
