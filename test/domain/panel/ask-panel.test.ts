import { expect, test } from 'vitest';
import { askPanel, decidingCycle, type JudgeCall } from '../../../domain/panel/index.ts';

const ROUND = { item: 4, cycles: 2, judges: ['a', 'b', 'c'], positions: ['scores'] as const };

test('XM-13: all judges of a cycle are asked at once, and one that fails keeps no other from it', async () => {
  const asked: JudgeCall[] = [];
  const ended = await askPanel(ROUND, async (call) => {
    asked.push(call);
    return { state: call.judge === 'b' ? 'failed' : 'answered' };
  });
  expect(ended).toBe('done');
  expect(asked.map(({ cycle, judge }) => `${cycle}${judge}`)).toEqual(['1a', '1b', '1c', '2a', '2b', '2c']);
});

test('a cap that is reached ends it after the cycle, a call that rejects after the others have ended', async () => {
  const asked: string[] = [];
  const over = await askPanel(ROUND, async ({ judge }) => {
    asked.push(judge);
    return { state: judge === 'a' ? 'over_budget' : 'answered' };
  });
  expect([over, asked]).toEqual(['over_budget', ['a', 'b', 'c']]);
  let ended = 0;
  const broken = askPanel(ROUND, async ({ judge }) => {
    if (judge === 'a') throw new Error('no key');
    await Promise.resolve();
    ended += 1;
    return { state: 'answered' };
  });
  await expect(broken).rejects.toThrow('no key');
  expect(ended).toBe(2);
});

test('the first of the worst cycles decides', () => {
  const cycles = (['pass', 'inconclusive', 'fail', 'fail'] as const).map((verdict, at) => ({ verdict, at }));
  expect(decidingCycle([cycles[0]!, ...cycles.slice(1)])).toEqual({ verdict: 'fail', at: 2 });
  expect(decidingCycle([cycles[0]!, cycles[1]!])).toEqual({ verdict: 'inconclusive', at: 1 });
});
