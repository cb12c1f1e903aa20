import { isWorthRetrying } from '../../domain/bench/index.ts';
import type { Message } from '../../domain/longmemeval/index.ts';
import type { LongMemEvalRun } from '../eval-contract.ts';
import type { LongMemEvalWorld, ModelCall } from './world.ts';

/** A call that was answered, as it is kept. */
export interface PaidCall {
  readonly state: 'answered';
  readonly text: string;
  readonly finishReason: string | null;
  readonly usage: { readonly prompt_tokens: number | null; readonly completion_tokens: number | null } | null;
  /** The model as the server names what answered; null where it does not say. */
  readonly snapshot: string | null;
  readonly attempts: number;
}

export interface UnansweredCall {
  readonly state: 'failed';
  readonly detail: string;
  readonly attempts: number;
}

export interface ModelQuestion {
  readonly server: { readonly base_url: string; readonly model: string; readonly api_key_env: string | null };
  readonly messages: readonly Message[];
  readonly maxTokens: number;
  /** What the call is kept under: a run never pays twice for it. It says nothing of the question, and goes with the call. */
  readonly key: string;
}

const CALL_TIMEOUT_MS = 120_000;
const MOST_ATTEMPTS = 3;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;

/**
 * Asks a model, again where that may help. An answer is durable before this returns, and taken from there the next time. A call that is going on is never
 * broken off, because it may have to be paid for; only waiting for the next one is.
 */
export async function callModel(
  world: LongMemEvalWorld,
  run: LongMemEvalRun,
  { server, messages, maxTokens, key }: ModelQuestion,
  signal: AbortSignal,
): Promise<PaidCall | UnansweredCall> {
  const name = `calls/${key}`;
  if (world.files.has(run.run_id, name)) return world.files.read<PaidCall>(run.run_id, name);
  const model = world.chatModel(server);
  const limits = { timeoutMs: CALL_TIMEOUT_MS, requestId: key.slice(0, 32) };
  for (let attempts = 1; ; attempts += 1) {
    const call = await model.chat({ model: server.model, messages, temperature: 0, max_tokens: maxTokens }, limits);
    if (call.state === 'answered') {
      const { text, finishReason, usage, snapshot = null } = call.value;
      // Half of a surrogate pair is no text that a file could hold.
      const paid: PaidCall = { state: 'answered', text: text.toWellFormed(), finishReason, usage, snapshot, attempts };
      world.files.write(run.run_id, name, paid);
      return paid;
    }
    if (attempts === MOST_ATTEMPTS || !isWorthRetrying(call.kind)) return { state: 'failed', detail: call.detail, attempts };
    await world.wait(waitMs(call, attempts), signal);
  }
}

function waitMs({ retryAfterMs }: Extract<ModelCall, { state: 'failed' }>, attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempts - 1));
}
