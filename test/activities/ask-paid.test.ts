import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { askPaid, type KeptCalls, type PaidCall, type PaidDesk, type PaidQuestion } from '../../activities/ask-paid.ts';
import type { ModelCall } from '../../activities/model-ports.ts';
import { ConfigError, OverBudgetError } from '../../domain/shared/errors.ts';
import { costSettingsSchema } from '../../schemas/cost-settings.ts';
import { openBudget } from '../../worker/open-budget.ts';
import { tallyBudget } from '../support/budget-tally.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A dollar for a million tokens in and ten out: "The tide?" is 9 bytes and a message of 64 more, 100 tokens out: 73,000 + 1,000,000 nano-dollars. */
const SETTINGS = costSettingsSchema.parse({ prices: { pilot: { input_per_million: 1, output_per_million: 10 } } });
const MOST = 1_073_000;
const QUESTION: PaidQuestion = {
  lane: 'judge',
  server: { model: 'pilot' },
  messages: [{ role: 'user', content: 'The tide?' }],
  maxTokens: 100,
  key: 'ab'.repeat(32),
};
/** 20 tokens in, 3 out: 20,000 + 30,000 nano-dollars. */
const ANSWER: ModelCall = {
  state: 'answered',
  value: { text: 'Falling.', finishReason: 'stop', usage: { prompt_tokens: 20, completion_tokens: 3 }, snapshot: 'pilot-2' },
};
const BUSY: ModelCall = { state: 'failed', kind: 'http_5xx', detail: 'answered 503', retryAfterMs: 7 };
const NEVER = new AbortController().signal;

interface Scene extends PaidDesk {
  readonly root: string;
  readonly calls: Map<string, PaidCall>;
  readonly waits: number[];
  asked(): number;
}

/** A desk at which the model gives these answers, one after the other. */
function deskOf(
  answers: readonly (ModelCall | Error)[],
  { root = temporaryFolder(), calls = new Map<string, PaidCall>(), capUsd = 1 } = {},
): Scene {
  const left = [...answers];
  const waits: number[] = [];
  return {
    root,
    calls,
    waits,
    asked: () => answers.length - left.length,
    kept: { find: (key) => calls.get(key), keep: (key, call) => void calls.set(key, call) },
    budget: openBudget({ root, runId: 'tide-1', command: 'eval cross-modal', capUsd, settings: SETTINGS }),
    model: {
      chat: async () => {
        const next = left.shift()!;
        if (next instanceof Error) throw next;
        return next;
      },
    },
    wait: async (ms) => void waits.push(ms),
  };
}

test('an answer is paid for by its usage and kept with what it cost', async () => {
  const desk = deskOf([ANSWER]);
  const call = await askPaid(desk, QUESTION, NEVER);
  expect(call).toMatchObject({ state: 'answered', text: 'Falling.', snapshot: 'pilot-2', attempts: 1, cost_usd: 0.000_05 });
  expect(desk.calls.get(QUESTION.key)).toEqual(call);
  expect(tallyBudget(desk.root, 'tide-1')).toEqual({ highest: MOST, atEnd: 50_000, reserves: 1, open: 0 });
});

test('what was answered is not asked for again', async () => {
  const first = deskOf([ANSWER]);
  await askPaid(first, QUESTION, NEVER);
  const second = deskOf([], first);
  expect(await askPaid(second, QUESTION, NEVER)).toEqual(first.calls.get(QUESTION.key));
  expect(tallyBudget(first.root, 'tide-1')).toMatchObject({ atEnd: 50_000, reserves: 1 });
});

describe('a death between keeping an answer and settling it', () => {
  /** Dies at the moment at which the answer is on disk. */
  async function dieBetween(): Promise<Scene> {
    const desk = deskOf([ANSWER]);
    const dying: KeptCalls = {
      ...desk.kept,
      keep: (key, call) => {
        desk.kept.keep(key, call);
        throw new Error('killed');
      },
    };
    await expect(askPaid({ ...desk, kept: dying }, QUESTION, NEVER)).rejects.toThrow('killed');
    return desk;
  }

  test('leaves all that was set aside counted, and an answer that tells what it cost', async () => {
    const desk = await dieBetween();
    expect(tallyBudget(desk.root, 'tide-1')).toEqual({ highest: MOST, atEnd: MOST, reserves: 1, open: 1 });
    expect(desk.calls.get(QUESTION.key)?.cost_usd).toBe(0.000_05);
  });

  test('is settled by whoever takes the answer, once, and counts for the run that paid', async () => {
    const left = await dieBetween();
    const next = deskOf([], left);
    const later = {
      ...next,
      budget: openBudget({ root: left.root, runId: 'tide-2', command: 'eval cross-modal', capUsd: 1, settings: SETTINGS }),
    };
    await askPaid(later, QUESTION, NEVER);
    await askPaid(later, QUESTION, NEVER);
    expect(tallyBudget(left.root, 'tide-1')).toEqual({ highest: MOST, atEnd: 50_000, reserves: 1, open: 0 });
    expect(tallyBudget(left.root, 'tide-2').reserves).toBe(0);
  });
});

test('a server that is busy is asked again after the time that it names, and each attempt is paid for', async () => {
  const desk = deskOf([BUSY, ANSWER]);
  const call = await askPaid(desk, QUESTION, NEVER);
  // Nobody knows what the first one used: it costs all of its 0.001073.
  expect(call).toMatchObject({ state: 'answered', attempts: 2, cost_usd: 0.001_123 });
  expect(desk.waits).toEqual([7]);
  expect(tallyBudget(desk.root, 'tide-1')).toMatchObject({ atEnd: MOST + 50_000, reserves: 2, open: 0 });
});

test('three attempts are all', async () => {
  const desk = deskOf([BUSY, BUSY, BUSY, ANSWER]);
  expect(await askPaid(desk, QUESTION, NEVER)).toEqual({
    state: 'failed',
    kind: 'http_5xx',
    detail: 'answered 503',
    attempts: 3,
    cost_usd: 0.003_219,
  });
  expect(desk.calls.size).toBe(0);
});

test('a refusal is final', async () => {
  const desk = deskOf([{ ...BUSY, kind: 'http_4xx' }, ANSWER]);
  expect(await askPaid(desk, QUESTION, NEVER)).toMatchObject({ state: 'failed', attempts: 1 });
});

test('a host that is not allowed was never asked, so nothing is paid', async () => {
  const desk = deskOf([new ConfigError('not allowed.', 'Allow it.')]);
  await expect(askPaid(desk, QUESTION, NEVER)).rejects.toThrow(ConfigError);
  expect(tallyBudget(desk.root, 'tide-1')).toMatchObject({ atEnd: 0, open: 0 });
});

test('what the cap forbids is not asked', async () => {
  const desk = deskOf([ANSWER], { capUsd: 0.001 });
  await expect(askPaid(desk, QUESTION, NEVER)).rejects.toThrow(OverBudgetError);
  expect(desk.asked()).toBe(0);
});

describe('a server that lets calls in one by one', () => {
  /** A desk that notes who comes and goes. */
  function guarded(desk: Scene): Scene & { readonly story: string[] } {
    const story: string[] = [];
    const enter: PaidDesk['enter'] = async (mostMs) => {
      story.push(`in for ${mostMs} ms`);
      return () => void story.push('out');
    };
    const model: PaidDesk['model'] = {
      chat: (...asked) => {
        story.push('asked');
        return desk.model.chat(...asked);
      },
    };
    return { ...desk, story, enter, model, wait: async () => void story.push('wait') };
  }

  test('is left between attempts', async () => {
    const desk = guarded(deskOf([BUSY, ANSWER]));
    expect(await askPaid(desk, { ...QUESTION, timeoutMs: 9_000 }, NEVER)).toMatchObject({ state: 'answered' });
    expect(desk.story).toEqual(['in for 9000 ms', 'asked', 'out', 'wait', 'in for 9000 ms', 'asked', 'out']);
  });

  test('is not entered for an answer that is kept', async () => {
    const first = deskOf([ANSWER]);
    await askPaid(first, QUESTION, NEVER);
    const second = guarded(deskOf([], first));
    await askPaid(second, QUESTION, NEVER);
    expect(second.story).toEqual([]);
  });

  test('is left when the cap forbids the call, and when the call throws', async () => {
    const poor = guarded(deskOf([ANSWER], { capUsd: 0.001 }));
    await expect(askPaid(poor, QUESTION, NEVER)).rejects.toThrow(OverBudgetError);
    expect(poor.story).toEqual(['in for 120000 ms', 'out']);
    const refused = guarded(deskOf([new ConfigError('not allowed.', 'Allow it.')]));
    await expect(askPaid(refused, QUESTION, NEVER)).rejects.toThrow(ConfigError);
    expect(refused.story).toEqual(['in for 120000 ms', 'asked', 'out']);
  });

  test('that lets nobody in costs nothing', async () => {
    const desk = { ...deskOf([ANSWER]), enter: () => Promise.reject(new Error('a bench has it')) };
    await expect(askPaid(desk, QUESTION, NEVER)).rejects.toThrow('a bench has it');
    expect([desk.asked(), existsSync(join(desk.root, 'ledger', 'budget.jsonl'))]).toEqual([0, false]);
  });
});
