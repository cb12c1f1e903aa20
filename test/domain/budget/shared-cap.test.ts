import { describe, expect, test } from 'vitest';
import { SharedCap } from '../../../domain/budget/index.ts';

/** A purse of cents: a call sets 4 aside while it lasts, and costs so many of them. */
function purse(cents: number, costs: number) {
  const [state, ends] = [{ open: 0, spent: 0, made: 0, asked: 0 }, [] as (() => void)[]];
  const call = async (): Promise<{ state: 'answered' | 'over_budget' }> => {
    state.asked += 1;
    if (state.spent + 4 * (state.open + 1) > cents) return { state: 'over_budget' };
    state.open += 1;
    state.made += 1;
    await new Promise<void>((resolve) => ends.push(resolve));
    state.open -= 1;
    state.spent += costs;
    return { state: 'answered' };
  };
  const endAll = async (): Promise<void> => {
    for (let turns = 0; turns < 200; turns += 1) {
      ends.shift()?.();
      await Promise.resolve();
    }
  };
  return { state, call, endAll };
}

describe('calls under one cap', () => {
  test('BUD-1: where each costs what it sets aside, two of nine are made under 10 and the rest is refused', async () => {
    const cap = new SharedCap();
    const { state, call, endAll } = purse(10, 4);
    const answers = Promise.all(Array.from({ length: 9 }, () => cap.ask(call)));
    await endAll();
    expect((await answers).filter((answer) => answer.state === 'answered')).toHaveLength(2);
    expect(state).toMatchObject({ made: 2, spent: 8 });
    // Each refused one asks again at most once for every call that ended.
    expect(state.asked).toBeLessThanOrEqual(2 + 7 * 3);
  });

  test('what is given back is used: with room for one at a time all that the cap pays for are made', async () => {
    const cap = new SharedCap();
    const { state, call, endAll } = purse(7, 1);
    const answers = Promise.all(Array.from({ length: 6 }, () => cap.ask(call)));
    await endAll();
    expect((await answers).map((answer) => answer.state).filter((each) => each === 'over_budget')).toHaveLength(2);
    // Three cents have to be left for the fourth call, and none are for a fifth.
    expect(state).toMatchObject({ made: 4, spent: 4 });
  });

  test('a call that rejects is thrown, and lets others try again', async () => {
    const cap = new SharedCap();
    let isOpen = true;
    let fail = (): void => undefined;
    const broken = cap.ask(async () => {
      await new Promise<void>((resolve) => (fail = resolve));
      isOpen = false;
      throw new Error('the judge has gone');
    });
    const waiting = cap.ask(async () => ({ state: isOpen ? 'over_budget' : 'answered' }));
    fail();
    await expect(broken).rejects.toThrow('the judge has gone');
    expect((await waiting).state).toBe('answered');
  });
});
