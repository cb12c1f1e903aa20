import { expect, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { describeChange, stateOf, type ProbeState } from '../../../domain/probe/index.ts';
import { changeNoticeSchema } from '../../../schemas/notice.ts';
import type { ProbeOutcome } from '../../../schemas/vocabulary.ts';
import { eventAt } from '../../support/probe-events.ts';

const AT = '2026-03-02T03:31:00.000Z';

function change(before: ProbeOutcome | null, outcome: ProbeOutcome) {
  const state: ProbeState | null = before === null ? null : stateOf({ outcome: before });
  return describeChange(state, eventAt(AT, { outcome, run_uid: 'night-1' }), 'b4e4e412', sha256);
}

test.each([
  [null, 'fail', 'is not well any more'],
  ['pass', 'fail', 'is not well any more'],
  ['fail', 'error', 'still not well, for another reason'],
  ['error', 'pass', 'is well again'],
] as const)('from %s to %s is told', (before, after, text) => {
  const notice = change(before, after);
  expect(changeNoticeSchema.parse(notice)).toEqual(notice);
  expect(notice).toMatchObject({
    after: { is_ok: after === 'pass', reason: after },
    at: AT,
    text: expect.stringContaining(text) as string,
  });
});

test.each([
  [null, 'pass'],
  ['pass', 'pass'],
  ['fail', 'fail'],
  ['budget_exceeded', 'budget_exceeded'],
] as const)('from %s to %s is not told', (before, after) => {
  expect(change(before, after)).toBe(null);
});

test('the id is that of the change', () => {
  expect(change('pass', 'fail')?.id).toBe(change(null, 'fail')?.id);
  expect(change('pass', 'fail')?.id).not.toBe(change('pass', 'error')?.id);
});
