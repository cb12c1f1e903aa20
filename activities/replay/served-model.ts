import type { ReplayModelSettings } from '../../schemas/replay-settings.ts';
import { askPaid, type PaidDesk } from '../ask-paid.ts';
import type { ReplayModel } from './replay-world.ts';

/** Who is asked, with what, and what for. */
export interface ServedReplay {
  readonly name: string;
  readonly settings: ReplayModelSettings;
  readonly desk: PaidDesk;
  /** What an answer is kept under: the same question of another run is asked anew. */
  keyOf(requestDigest: string): string;
}

/** A model behind an OpenAI-compatible server, each call paid for once. Rejects as `askPaid` does; a call that no attempt brought an answer to is a failed answer. */
export function servedModel({ name, settings, desk, keyOf }: ServedReplay): ReplayModel {
  const { model, max_tokens: maxTokens, window_tokens: windowTokens, timeout_s } = settings;
  return {
    name,
    window: { windowTokens, answerTokens: maxTokens },
    answer: async ({ messages, requestDigest }, signal) => {
      const question = {
        lane: 'reader',
        server: { model },
        messages,
        maxTokens,
        key: keyOf(requestDigest),
        timeoutMs: timeout_s * 1_000,
      } as const;
      const call = await askPaid(desk, question, signal);
      const cost = { cost_usd: call.cost_usd };
      if (call.state === 'failed') {
        const tries = call.attempts === 1 ? 'one attempt' : `${call.attempts} attempts`;
        return { state: 'failed', detail: `${call.kind} after ${tries}: ${call.detail}`, usage: cost };
      }
      const { prompt_tokens, completion_tokens } = call.usage ?? {};
      const tokens = {
        ...(typeof prompt_tokens === 'number' ? { prompt_tokens } : {}),
        ...(typeof completion_tokens === 'number' ? { completion_tokens } : {}),
      };
      return { state: 'answered', text: call.text, usage: { ...tokens, ...cost } };
    },
  };
}
