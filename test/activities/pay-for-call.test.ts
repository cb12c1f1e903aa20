import { expect, test } from 'vitest';
import type { PlannedCall } from '../../activities/budget-ports.ts';
import { payOutOf } from '../../activities/pay-for-call.ts';
import { ConfigError, OverBudgetError } from '../../domain/shared/errors.ts';
import { watchedBudget } from '../support/spending.ts';

const CALL: PlannedCall = { lane: 'embedding', model: 'embed-small', mostInputTokens: 100, mostOutputTokens: 0 };

test('a call is made once money is set aside, and settled by what it used', async () => {
  const { budget, planned, settled } = watchedBudget();
  const usage = { inputTokens: 7, outputTokens: null };
  const reply = await payOutOf(budget)(CALL, async () => {
    expect(planned).toEqual([CALL]);
    expect(settled).toEqual([]);
    return { reply: 'a vector', usage };
  });
  expect(reply).toBe('a vector');
  expect(settled).toEqual([usage]);
});

test('what nobody knows the use of costs all that was set aside; what was never sent costs nothing', async () => {
  const { budget, settled } = watchedBudget();
  const pay = payOutOf(budget);
  await pay(CALL, () => Promise.resolve({ reply: 0, usage: null }));
  await expect(pay(CALL, () => Promise.reject(new Error('the line broke')))).rejects.toThrow('the line broke');
  await pay(CALL, () => Promise.resolve({ reply: 0, usage: 'no-call' }));
  const unknown = { inputTokens: null, outputTokens: null };
  expect(settled).toEqual([unknown, unknown, 'no-call']);
});

test('a call that a cap forbids is not made, and the error says which cap, how much is spent and what to do', async () => {
  const { budget, settled } = watchedBudget(() => true);
  const paid = payOutOf(budget)(CALL, () => Promise.reject(new Error('never')));
  const error = await paid.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OverBudgetError);
  expect((error as OverBudgetError).message).toContain(
    'paying for embedding, on the model embed-small: expected room for $0.2 under the cap of $1 of this run, found $0.9 spent',
  );
  expect((error as OverBudgetError).remedy).toContain('--max-usd');
  expect(settled).toEqual([]);
});

test('a model without a price is not asked', async () => {
  const budget = { ...watchedBudget().budget, reserve: () => Promise.reject(new ConfigError('no price.', 'Add one.')) };
  await expect(payOutOf(budget)(CALL, () => Promise.reject(new Error('never')))).rejects.toThrow(ConfigError);
});
