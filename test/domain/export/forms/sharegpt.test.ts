import { describe, expect, test } from 'vitest';
import { COLUMN_RULES, formOfRow } from '../../../../domain/export/index.ts';
import type { Message } from '../../../../schemas/evidence.ts';
import { assistant, calls, sftRow, system, TIDE_TABLE, tool, user } from './form-rows.ts';

function turnsOf(messages: readonly Message[]): string[] | string {
  const made = formOfRow('sft/sharegpt', sftRow(messages));
  if (!made.ok) return made.reason;
  return (made.row.conversations as { from: string; value: string }[]).map(({ from, value }) => `${from}: ${value}`);
}

describe('a conversation in ShareGPT turns', () => {
  test('has its id, its turns, and no tools as an empty text', () => {
    expect(formOfRow('sft/sharegpt', sftRow([system('You run the harbour desk.'), user('Low water?'), assistant('At 6:40.')]))).toEqual({
      ok: true,
      cutTurns: 0,
      row: {
        id: 'a'.repeat(64),
        conversations: [
          { from: 'system', value: 'You run the harbour desk.' },
          { from: 'human', value: 'Low water?' },
          { from: 'gpt', value: 'At 6:40.' },
        ],
        tools: '',
      },
    });
  });

  test('has tools as the JSON text of their functions, each with properties', () => {
    const made = formOfRow('sft/sharegpt', sftRow([user('Low water?'), assistant('At 6:40.')], { tools: [TIDE_TABLE, { name: 'bell' }] }));
    expect(made.ok && JSON.parse(made.row.tools as string)).toEqual([
      TIDE_TABLE.function,
      { name: 'bell', parameters: { type: 'object', properties: {} } },
    ]);
  });

  test('one call is an object, its result an observation', () => {
    expect(
      turnsOf([user('Low water on the 2nd?'), calls('', ['call-1', '{"day":2}']), tool('call-1', '06:40'), assistant('At 6:40.')]),
    ).toEqual([
      'human: Low water on the 2nd?',
      'function_call: {"name": "tide_table", "arguments": {"day":2}}',
      'observation: 06:40',
      'gpt: At 6:40.',
    ]);
  });

  test('several calls are a list, and so are their results', () => {
    const both = calls('', ['call-1', '{"day":2}'], ['call-2', '{"day":3}']);
    expect(turnsOf([user('Both days?'), both, tool('call-1', '06:40'), tool('call-2', '07:31'), assistant('6:40 and 7:31.')])).toEqual([
      'human: Both days?',
      'function_call: [{"name": "tide_table", "arguments": {"day":2}}, {"name": "tide_table", "arguments": {"day":3}}]',
      'observation: ["06:40","07:31"]',
      'gpt: 6:40 and 7:31.',
    ]);
  });

  test('a text before a call stands before its mark', () => {
    expect(turnsOf([user('Low water?'), calls('Let me look.', ['call-1', '{}']), tool('call-1', '06:40')])).toEqual([
      'human: Low water?',
      'function_call: Let me look.<tool_call>{"name": "tide_table", "arguments": {}}</tool_call>',
    ]);
  });

  test('turns of one side become one', () => {
    expect(turnsOf([user('Hello.'), user('Low water?'), assistant('One moment.'), assistant('At 6:40.'), user('Thanks.')])).toEqual([
      'human: Hello.\n\nLow water?',
      'gpt: One moment.\n\nAt 6:40.',
    ]);
  });

  test('marks inside arguments are escaped, and mean the same', () => {
    const [, call] = turnsOf([user('Search.'), calls('', ['call-1', '{"for":"<tool_call>"}'])]) as string[];
    expect(call).toBe('function_call: {"name": "tide_table", "arguments": {"for":"\\u003ctool_call>"}}');
    expect(JSON.parse(call!.slice('function_call: '.length))).toEqual({ name: 'tide_table', arguments: { for: '<tool_call>' } });
  });

  test.each([
    ['not_alternating', [user('Low water?'), calls('', ['call-1', '{}']), tool('call-1', '06:40'), user('Stop.'), assistant('Stopped.')]],
    ['arguments_not_json', [user('Low water?'), calls('', ['call-1', 'day two']), tool('call-1', '06:40'), assistant('At 6:40.')]],
    ['reserved_words', [user('Low water?'), calls('I write <tool_call> now.', ['call-1', '{}'])]],
    ['blank_turn', [user('Low water?'), assistant(''), user('Well?'), assistant('At 6:40.')]],
  ] as const)('leaves out what it cannot hold: %s', (reason, messages) => {
    expect(turnsOf(messages)).toBe(reason);
  });
});

describe('the rules themselves', () => {
  const says = (from: string, value: string): object => ({ from, value });
  const row = (...conversations: object[]): never => ({ id: 'a', tools: '', conversations }) as never;

  test('find nothing in a lawful row', () => {
    expect(COLUMN_RULES['sft/sharegpt'].faultsOf(row(says('human', 'Low water?'), says('gpt', 'At 6:40.')))).toEqual([]);
  });

  test.each([
    ['two turns of one side', 'not_alternating', row(says('human', 'Hello.'), says('human', 'Low water?'))],
    ['a beginning with gpt', 'not_alternating', row(says('gpt', 'Hello.'), says('human', 'Low water?'))],
    ['an odd number of turns', 'illegal_end', row(says('human', 'Low water?'))],
    ['a system turn and nothing else', 'illegal_end', row(says('system', 'You run the harbour desk.'))],
    ['a late system turn', 'not_alternating', row(says('human', 'Low water?'), says('system', 'Be brief.'))],
    ['role and content', 'wrong_shape', row({ role: 'user', content: 'Low water?' }, says('gpt', 'At 6:40.'))],
    ['a call in words', 'arguments_not_json', row(says('human', 'Low water?'), says('function_call', 'look it up'))],
    ['an empty list of calls', 'arguments_not_json', row(says('human', 'Low water?'), says('function_call', '[]'))],
    [
      'tools as a list',
      'wrong_shape',
      { id: 'a', tools: [], conversations: [says('human', 'Low water?'), says('gpt', 'At 6:40.')] } as never,
    ],
  ])('find %s', (_what, reason, broken) => {
    expect(COLUMN_RULES['sft/sharegpt'].faultsOf(broken).map((fault) => fault.reason)).toContain(reason);
  });
});
