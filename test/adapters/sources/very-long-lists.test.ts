import { expect, it } from 'vitest';
import { noUnnamedCalls } from '../../../adapters/sources/chat-messages.ts';
import { claudeCode } from '../../../adapters/sources/claude-code.ts';
import { inspect } from '../../../adapters/sources/inspect.ts';
import { intercode } from '../../../adapters/sources/intercode.ts';
import { mainConversation } from '../../../adapters/sources/model-calls.ts';
import { pairwise } from '../../../adapters/sources/pairwise.ts';
import { readTurns } from '../../../adapters/sources/trace-turns.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';
import { isEvidence } from './adapter-contract.ts';
import { fixture } from './fixture-files.ts';
import { recordsOf } from './records-of.ts';

/** More than a call takes as arguments: `Math.max(...list)` and `push(...list)` end in a RangeError. */
const MANY = 200_000;
const many = (value: JsonValue): JsonValue[] => Array<JsonValue>(MANY).fill(value);
const place = { locator: { line: 0 }, line: 0, key: '0', lines: [0] };
const context = { path: 'long.json', options: {} };

it('is the best of very many rewards', () => {
  const value = { query: 'List the boats', turn_history: { actions: ['ls'], observations: ['gull'], rewards: many(0.25) } };
  const [draft] = intercode.normalize({ ...place, value }, context);
  expect(draft).toMatchObject({ outcome: { value: 0.25 } });
});

it('is the worst of very many scorers', () => {
  const [record] = recordsOf(fixture('inspect', 'orchard-quiz.json').text, 'log');
  const scores = Object.fromEntries(Array.from({ length: MANY }, (_, index) => [`match-${index}`, { value: index === 7 ? 'I' : 'C' }]));
  const drafts = inspect.normalize({ ...record!, value: { ...(record!.value as JsonObject), scores } }, context);
  expect(drafts.filter(isEvidence)).toHaveLength(1);
});

it('counts very many votes on a pair that stands twice', () => {
  const row = { prompt: 'Which knot?', response_a: 'A bowline.', response_b: 'None.', votes: many('a') };
  const drafts = pairwise.normalize({ ...place, value: [row, row], lines: [0, 1] }, context);
  expect(drafts.filter(isEvidence)).toHaveLength(2);
});

it('reads very many results in one line of a session', () => {
  const line = {
    type: 'user',
    uuid: 'u1',
    sessionId: 's',
    message: { role: 'user', content: many({ type: 'tool_result', tool_use_id: 't1', content: 'low' }) },
  };
  const [draft] = claudeCode.normalize({ ...place, value: [line] }, context);
  expect(draft).toMatchObject({ messages: { length: MANY } });
});

it('reads very many results in one turn of a trace', () => {
  const turn = { role: 'tool', parts: many({ type: 'tool_call_response', id: 't1', response: 'low' }) };
  const read = readTurns([turn], 'input', noUnnamedCalls());
  expect(read).toMatchObject({ messages: { length: MANY } });
});

it('finds the main one of very many conversations, each of very many calls', () => {
  const call = { input: [], output: [], depth: 1 };
  const talk = { messages: [], calls: Array<typeof call>(MANY).fill(call) };
  const talks = [...Array<typeof talk>(MANY).fill({ messages: [], calls: [call] }), talk];
  expect(mainConversation(talks, undefined)).toBe(talk);
});
