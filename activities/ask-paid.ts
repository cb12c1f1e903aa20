import { sumUsd } from '../domain/cost/index.ts';
import { isWorthRetrying } from '../domain/shared/call-retry.ts';
import { ConfigError } from '../domain/shared/errors.ts';
import { mostTokens } from '../domain/shared/most-tokens.ts';
import type { BudgetLane, CallErrorKind } from '../schemas/vocabulary.ts';
import type { Budget, PlannedCall, ReportedUsage } from './budget-ports.ts';
import type { ChatModel, Message, ModelCall, ServedModel, TokenUsage } from './model-ports.ts';
import { setAside } from './pay-for-call.ts';

/** A call that was answered, as it is kept. */
export interface PaidCall {
  readonly state: 'answered';
  readonly text: string;
  readonly finishReason: string | null;
  readonly usage: TokenUsage | null;
  /** The model as the server names what answered; null where it does not say. */
  readonly snapshot: string | null;
  readonly attempts: number;
  /** Of all attempts, in US dollars. */
  readonly cost_usd: number;
  /** What the last attempt was paid out of; null where it cost nothing. */
  readonly reservation: string | null;
}

/** A call that no attempt brought an answer to. */
export interface UnansweredCall {
  readonly state: 'failed';
  readonly kind: CallErrorKind;
  readonly detail: string;
  readonly attempts: number;
  readonly cost_usd: number;
}

/** Answers that were paid for, by what was asked. */
export interface KeptCalls {
  find(key: string): PaidCall | undefined;
  /** Durable once it returns. */
  keep(key: string, call: PaidCall): void;
}

/** What a question is asked with. */
export interface PaidDesk {
  readonly kept: KeptCalls;
  readonly budget: Budget;
  readonly model: ChatModel;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Lets one attempt of so many milliseconds in to the server; what is returned is called when it has ended. Left out where anybody may call at any time. */
  enter?(mostMs: number, signal: AbortSignal): Promise<() => void>;
}

export interface PaidQuestion {
  readonly lane: BudgetLane;
  readonly server: Pick<ServedModel, 'model'>;
  readonly messages: readonly Message[];
  readonly maxTokens: number;
  /** SHA-256 of everything that decides the answer: nobody pays twice for it. It says nothing of the question, and goes with the call. */
  readonly key: string;
  /** How long one attempt may take; two minutes when left out. */
  readonly timeoutMs?: number;
}

const CALL_TIMEOUT_MS = 120_000;
const MOST_ATTEMPTS = 3;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;

/**
 * Asks a served model, again where that may help; each attempt is paid for by itself. An answer is durable before this returns, and taken from there the
 * next time. A call that is going on is never broken off, because it may have to be paid for; only waiting for the next one is. OverBudgetError when a
 * cap forbids the next attempt, ConfigError when the model has no price or its host is not allowed; with whatever the desk lets nobody in with, and then
 * nothing is set aside.
 */
export async function askPaid(desk: PaidDesk, question: PaidQuestion, signal: AbortSignal): Promise<PaidCall | UnansweredCall> {
  const planned = plan(question);
  const { kept, budget } = desk;
  const found = kept.find(question.key);
  if (found !== undefined) {
    // Whoever kept it may have died before settling: then the money is still set aside.
    await budget.resume(found.reservation ?? null, planned).settle(reported(found.usage));
    return found;
  }
  const paidUsd: number[] = [];
  for (let attempts = 1; ; attempts += 1) {
    const { reservation, call } = await askOnce(desk, question, planned, signal);
    if (call.state === 'answered') {
      const { text, finishReason, usage, snapshot = null } = call.value;
      const cost_usd = sumUsd([...paidUsd, reservation.costUsd(reported(usage))]);
      // Half of a surrogate pair is no text that a file could hold.
      const words = { text: text.toWellFormed(), finishReason, usage, snapshot };
      const paid: PaidCall = { state: 'answered', ...words, attempts, cost_usd, reservation: reservation.id };
      // Kept before it is settled: a death in between leaves an answer that is not asked for again.
      kept.keep(question.key, paid);
      await reservation.settle(reported(usage));
      return paid;
    }
    paidUsd.push(await reservation.settle(call.isUnsent === true ? 'no-call' : UNKNOWN));
    if (call.error !== undefined) throw call.error;
    if (attempts === MOST_ATTEMPTS || !isWorthRetrying(call.kind)) {
      return { state: 'failed', kind: call.kind, detail: call.detail, attempts, cost_usd: sumUsd(paidUsd) };
    }
    await desk.wait(waitMs(call, attempts), signal);
  }
}

const UNKNOWN: ReportedUsage = { inputTokens: null, outputTokens: null };

function plan({ lane, server, messages, maxTokens }: PaidQuestion): PlannedCall {
  const mostInputTokens = mostTokens(messages.map(({ content }) => content));
  return { lane, model: server.model, mostInputTokens, mostOutputTokens: maxTokens };
}

function reported(usage: TokenUsage | null): ReportedUsage {
  return usage === null ? UNKNOWN : { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
}

/** Money is set aside by whoever is in, so that it is not withheld from others while this one waits to be let in. */
async function askOnce(
  desk: PaidDesk,
  question: PaidQuestion,
  planned: PlannedCall,
  signal: AbortSignal,
): Promise<{ readonly reservation: Awaited<ReturnType<typeof setAside>>; readonly call: Asked }> {
  const leave = await desk.enter?.(question.timeoutMs ?? CALL_TIMEOUT_MS, signal);
  try {
    const reservation = await setAside(desk.budget, planned);
    return { reservation, call: await ask(desk, question) };
  } finally {
    leave?.();
  }
}

type Failed = Extract<ModelCall, { state: 'failed' }>;
type Asked = Extract<ModelCall, { state: 'answered' }> | (Failed & { readonly error?: Error });

/** A call that throws is a failed one, to be settled before it is thrown on. What the guard refuses was never sent. */
async function ask({ model }: PaidDesk, { server, messages, maxTokens, key, timeoutMs = CALL_TIMEOUT_MS }: PaidQuestion): Promise<Asked> {
  try {
    const request = { model: server.model, messages, temperature: 0, max_tokens: maxTokens };
    return await model.chat(request, { timeoutMs, requestId: key.slice(0, 32) });
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { state: 'failed', kind: 'connection', detail: '', retryAfterMs: null, isUnsent: error instanceof ConfigError, error };
  }
}

function waitMs({ retryAfterMs }: Failed, attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempts - 1));
}
