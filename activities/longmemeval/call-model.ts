import { isWorthRetrying } from '../../domain/shared/call-retry.ts';
import { sumUsd } from '../../domain/cost/index.ts';
import type { Message } from '../../domain/longmemeval/index.ts';
import { ConfigError } from '../../domain/shared/errors.ts';
import { mostTokens } from '../../domain/shared/most-tokens.ts';
import type { PlannedCall, ReportedUsage } from '../budget-ports.ts';
import type { LongMemEvalRun } from '../eval-contract.ts';
import { setAside } from '../pay-for-call.ts';
import type { LongMemEvalWorld, ModelCall, ModelServer } from './world.ts';

/** A call that was answered, as it is kept. */
export interface PaidCall {
  readonly state: 'answered';
  readonly text: string;
  readonly finishReason: string | null;
  readonly usage: { readonly prompt_tokens: number | null; readonly completion_tokens: number | null } | null;
  /** The model as the server names what answered; null where it does not say. */
  readonly snapshot: string | null;
  readonly attempts: number;
  /** Of all attempts, in US dollars: settled, or all that was set aside as long as nobody has. */
  readonly cost_usd: number;
}

export interface UnansweredCall {
  readonly state: 'failed';
  readonly detail: string;
  readonly attempts: number;
  readonly cost_usd: number;
}

export interface ModelQuestion {
  readonly server: ModelServer;
  readonly messages: readonly Message[];
  readonly maxTokens: number;
  /** What the call is kept under: nobody pays twice for it. It says nothing of the question, and goes with the call. */
  readonly key: string;
}

const CALL_TIMEOUT_MS = 120_000;
const MOST_ATTEMPTS = 3;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;

/**
 * Asks a model, again where that may help; each attempt is paid for by itself. An answer is durable before this returns, and taken from there the next
 * time: from this run, or from one that was left before (`earlier`). A call that is going on is never broken off, because it may have to be paid for;
 * only waiting for the next one is. OverBudgetError when a cap forbids the next attempt.
 */
export async function callModel(
  world: LongMemEvalWorld,
  run: LongMemEvalRun,
  { server, messages, maxTokens, key }: ModelQuestion,
  { earlier, signal }: { readonly earlier: readonly string[]; readonly signal: AbortSignal },
): Promise<PaidCall | UnansweredCall> {
  const name = `calls/${key}`;
  const holder = [run.run_id, ...earlier].find((id) => world.files.has(id, name));
  if (holder !== undefined) return world.files.read<PaidCall>(holder, name);
  const { role, model: id } = server;
  const model = world.chatModel(server, run);
  const budget = world.budget(run, 'answers');
  const planned: PlannedCall = {
    lane: role,
    model: id,
    mostInputTokens: mostTokens(messages.map(({ content }) => content)),
    mostOutputTokens: maxTokens,
  };
  const limits = { timeoutMs: CALL_TIMEOUT_MS, requestId: key.slice(0, 32) };
  const paidUsd: number[] = [];
  for (let attempts = 1; ; attempts += 1) {
    const reservation = await setAside(budget, planned);
    const call = await ask(() => model.chat({ model: id, messages, temperature: 0, max_tokens: maxTokens }, limits));
    if (call.state === 'answered') {
      const { text, finishReason, usage, snapshot = null } = call.value;
      // Half of a surrogate pair is no text that a file could hold.
      const kept = { state: 'answered', text: text.toWellFormed(), finishReason, usage, snapshot, attempts } as const;
      // Kept before it is settled: a death in between leaves an answer that costs what the ledger counts, and is not asked for again.
      world.files.write(run.run_id, name, { ...kept, cost_usd: sumUsd([...paidUsd, reservation.reservedUsd]) } satisfies PaidCall);
      const paid: PaidCall = { ...kept, cost_usd: sumUsd([...paidUsd, await reservation.settle(reported(usage))]) };
      world.files.write(run.run_id, name, paid);
      return paid;
    }
    paidUsd.push(await reservation.settle(call.isUnsent === true ? 'no-call' : UNKNOWN));
    if (call.error !== undefined) throw call.error;
    if (attempts === MOST_ATTEMPTS || !isWorthRetrying(call.kind)) {
      return { state: 'failed', detail: call.detail, attempts, cost_usd: sumUsd(paidUsd) };
    }
    await world.wait(waitMs(call, attempts), signal);
  }
}

const UNKNOWN: ReportedUsage = { inputTokens: null, outputTokens: null };

function reported(usage: PaidCall['usage']): ReportedUsage {
  return usage === null ? UNKNOWN : { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
}

type Failed = Extract<ModelCall, { state: 'failed' }>;
type Asked = Extract<ModelCall, { state: 'answered' }> | (Failed & { readonly error?: Error });

/** A call that throws is a failed one, to be settled before it is thrown on. What the guard refuses was never sent. */
async function ask(chat: () => Promise<ModelCall>): Promise<Asked> {
  try {
    return await chat();
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { state: 'failed', kind: 'connection', detail: '', retryAfterMs: null, isUnsent: error instanceof ConfigError, error };
  }
}

function waitMs({ retryAfterMs }: Failed, attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempts - 1));
}
