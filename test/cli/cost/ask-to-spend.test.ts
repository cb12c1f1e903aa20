import { expect, test } from 'vitest';
import { askToSpend } from '../../../cli/cost/ask-to-spend.ts';
import { recordingIo } from '../../support/recording-io.ts';

const WITHIN = { what: 'retrieval', usd: 1.03, capUsd: 5 };
const OVER = { what: 'answers', usd: 22.5, capUsd: 20 };

function terminal(answer: boolean) {
  const questions: string[] = [];
  const io = recordingIo();
  const ask = (question: string): Promise<boolean> => {
    questions.push(question);
    return Promise.resolve(answer);
  };
  return { io: { ...io, ask }, questions };
}

test('estimates within their caps are nothing to ask about', async () => {
  const { io, questions } = terminal(false);
  const estimates = [WITHIN, { ...OVER, usd: 20 }, { what: 'judging', usd: 900, capUsd: null }];
  expect(await askToSpend(io, { estimates, isYes: false })).toBe('go');
  expect({ questions, said: io.said() }).toEqual({ questions: [], said: '' });
});

test('RUN-3: without a terminal and without --yes it is refused, and says by how much', async () => {
  const io = recordingIo();
  expect(await askToSpend(io, { estimates: [WITHIN, OVER], isYes: false })).toBe('refused');
  expect(io.said()).toContain('on answers: expected at most $20.00, found $22.50.');
  expect(io.said()).not.toContain('retrieval');
  expect(io.said()).toContain('--yes');
});

test('RUN-3: either part over its cap is enough, and both are told', async () => {
  const io = recordingIo();
  const retrieval = { ...WITHIN, usd: 6 };
  expect(await askToSpend(io, { estimates: [retrieval, { ...OVER, usd: 1 }], isYes: false })).toBe('refused');
  expect(await askToSpend(io, { estimates: [retrieval, OVER], isYes: false })).toBe('refused');
  expect(io.said().match(/on retrieval/g)).toHaveLength(2);
  expect(io.said().match(/on answers/g)).toHaveLength(1);
});

test('RUN-3: --yes goes without asking, and says that the cap stays', async () => {
  const { io, questions } = terminal(false);
  expect(await askToSpend(io, { estimates: [OVER], isYes: true })).toBe('go');
  expect(questions).toEqual([]);
  expect(io.said()).toContain('The cap stays');
});

test.each([
  [true, 'go'],
  [false, 'refused'],
] as const)('a person at the terminal decides: %s', async (answer, outcome) => {
  const { io, questions } = terminal(answer);
  expect(await askToSpend(io, { estimates: [OVER], isYes: false })).toBe(outcome);
  expect(questions).toHaveLength(1);
});

test('a cap of 0 is asked about as soon as anything costs; an estimate that is no number is never within a cap', async () => {
  const asked = (usd: number, capUsd: number) => askToSpend(recordingIo(), { estimates: [{ what: 'answers', usd, capUsd }], isYes: false });
  expect(await asked(0, 0)).toBe('go');
  expect(await asked(0.00001, 0)).toBe('refused');
  expect(await asked(Number.NaN, 5)).toBe('refused');
});
