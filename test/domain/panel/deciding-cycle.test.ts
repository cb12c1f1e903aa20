import { expect, test } from 'vitest';
import { decidingCycle } from '../../../domain/panel/index.ts';
import type { PanelVerdict } from '../../../schemas/vocabulary.ts';

test.each<[PanelVerdict, PanelVerdict, PanelVerdict, number]>([
  ['pass', 'pass', 'pass', 1],
  ['pass', 'fail', 'pass', 2],
  ['inconclusive', 'pass', 'fail', 3],
  ['pass', 'inconclusive', 'pass', 2],
  ['fail', 'fail', 'inconclusive', 1],
])('of %s, %s and %s the one that decides is cycle %i', (first, second, third, cycle) => {
  const at = (verdict: PanelVerdict, number: number) => ({ verdict, number });
  expect(decidingCycle([at(first, 1), at(second, 2), at(third, 3)]).number).toBe(cycle);
});
