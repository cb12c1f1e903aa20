import { describe, expect, test } from 'vitest';
import { COLUMN_RULES, formOfRow } from '../../../../domain/export/index.ts';
import type { Message } from '../../../../schemas/evidence.ts';
import type { SftRow } from '../../../../schemas/export-rows.ts';
import type { FormRefusal } from '../../../../schemas/vocabulary.ts';
import { assistant, calls, pairRow, sftRow, system, TIDE_TABLE, tool, user } from './form-rows.ts';

describe('a conversation for chat fine-tuning', () => {
  test('keeps system prompt and every turn, and nothing that is not permitted', () => {
    const row = sftRow([
      system('You run the harbour desk.'),
      user('Low water on Monday?'),
      assistant('At 6:40.'),
      user('And high?'),
      assistant('At 12:55.'),
    ]);
    expect(formOfRow('sft/openai', row)).toEqual({
      ok: true,
      cutTurns: 0,
      row: {
        messages: [
          { role: 'system', content: 'You run the harbour desk.' },
          { role: 'user', content: 'Low water on Monday?' },
          { role: 'assistant', content: 'At 6:40.' },
          { role: 'user', content: 'And high?' },
          { role: 'assistant', content: 'At 12:55.' },
        ],
      },
    });
  });

  test('writes calls as functions with the arguments as the model wrote them, and declares the tools', () => {
    const row = sftRow(
      [user('Low water on the 2nd?'), calls('', ['call-1', '{"day": 2}']), tool('call-1', '06:40'), assistant('At 6:40.')],
      {
        tools: [
          { name: 'tide_table', description: 'High and low water of a day.', input_schema: TIDE_TABLE.function.parameters },
          { type: 'web_search' },
        ],
      },
    );
    expect(formOfRow('sft/openai', row)).toMatchObject({
      row: {
        messages: [
          { role: 'user', content: 'Low water on the 2nd?' },
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'call-1', type: 'function', function: { name: 'tide_table', arguments: '{"day": 2}' } }],
          },
          { role: 'tool', content: '06:40', tool_call_id: 'call-1' },
          { role: 'assistant', content: 'At 6:40.' },
        ],
        tools: [TIDE_TABLE],
      },
    });
  });

  test('ends with the assistant: the results after its last call are cut', () => {
    const row = sftRow([
      user('Note both tides.'),
      calls('Noting.', ['call-1', '{}'], ['call-2', '{}']),
      tool('call-1', 'ok'),
      tool('call-2', 'ok'),
    ]);
    const made = formOfRow('sft/openai', row);
    expect(made).toMatchObject({ ok: true, cutTurns: 2, row: { messages: [{ role: 'user' }, { role: 'assistant', content: 'Noting.' }] } });
  });

  test('drops a system turn that says nothing, and a name the form does not allow', () => {
    const row = sftRow([system('  '), { ...user('Low water?'), name: 'harbour master' }, { ...assistant('At 6:40.'), name: 'desk-2' }]);
    expect(formOfRow('sft/openai', row)).toMatchObject({
      row: {
        messages: [
          { role: 'user', content: 'Low water?' },
          { role: 'assistant', content: 'At 6:40.', name: 'desk-2' },
        ],
      },
    });
    expect(Object.keys((formOfRow('sft/openai', row) as unknown as { row: { messages: object[] } }).row.messages[0]!)).toEqual([
      'role',
      'content',
    ]);
  });

  test.each<[FormRefusal, Message[], Partial<SftRow>]>([
    ['arguments_not_json', [user('Low water?'), calls('', ['call-1', 'the second']), tool('call-1', '06:40'), assistant('At 6:40.')], {}],
    ['arguments_not_json', [user('Low water?'), calls('', ['call-1', '[2]']), tool('call-1', '06:40'), assistant('At 6:40.')], {}],
    ['blank_turn', [user('Low water?'), assistant('At 6:40.'), user(' '), assistant('Anything else?')], {}],
    ['tool_not_allowed', [user('Low water?'), assistant('At 6:40.')], { tools: [{ name: 'tide table' }] }],
    [
      'tool_not_allowed',
      [user('Low water?'), assistant('At 6:40.')],
      { tools: Array.from({ length: 129 }, (_, n) => ({ name: `tool_${n}` })) },
    ],
  ])('leaves out what it cannot hold: %s', (reason, messages, more) => {
    expect(formOfRow('sft/openai', sftRow(messages, more))).toMatchObject({ ok: false, reason });
  });
});

describe('a pair for preference fine-tuning', () => {
  const prompt = [system('You run the harbour desk.'), user('Low water on Monday?')];

  test('has a prompt and one answer on each side', () => {
    expect(formOfRow('preference/openai', pairRow({ prompt, chosen: [assistant('At 6:40.')], rejected: [assistant('At noon.')] }))).toEqual(
      {
        ok: true,
        cutTurns: 0,
        row: {
          input: {
            messages: [
              { role: 'system', content: 'You run the harbour desk.' },
              { role: 'user', content: 'Low water on Monday?' },
            ],
          },
          preferred_output: [{ role: 'assistant', content: 'At 6:40.' }],
          non_preferred_output: [{ role: 'assistant', content: 'At noon.' }],
        },
      },
    );
  });

  test.each([
    ['several_turns', prompt, [assistant('At 6:40.'), user('Sure?'), assistant('Sure.')]],
    ['several_turns', prompt, [calls('', ['call-1', '{}'])]],
    ['blank_turn', prompt, [assistant('')]],
    ['illegal_end', [...prompt, assistant('Let me see.')], [assistant('At 6:40.')]],
    ['unanswered_call', [...prompt, calls('', ['call-1', '{}']), user('Well?')], [assistant('At 6:40.')]],
    ['unanswered_call', [...prompt, tool('call-1', '06:40')], [assistant('At 6:40.')]],
  ] as const)('leaves out what it cannot hold: %s', (reason, opening, chosen) => {
    const row = pairRow({ prompt: [...opening], chosen: [...chosen], rejected: [assistant('At noon.')] });
    expect(formOfRow('preference/openai', row)).toMatchObject({ ok: false, reason });
  });
});

describe('the rules themselves', () => {
  const line = (...messages: object[]): never => ({ messages }) as never;
  const asked = { role: 'user', content: 'Low water?' };
  const said = { role: 'assistant', content: 'At 6:40.' };
  const call = { id: 'call-1', type: 'function', function: { name: 'tide_table', arguments: '{}' } };

  test('find nothing in a lawful line', () => {
    expect(COLUMN_RULES['sft/openai'].faultsOf(line(asked, { ...said, weight: 0 }, asked, said))).toEqual([]);
  });

  test.each([
    ['a key of our own', { ...(line(asked, said) as object), id: 'a' }, 'wrong_shape'],
    ['no messages', { messages: [] }, 'wrong_shape'],
    ['an unknown role', line(asked, said, { role: 'developer', content: 'Be brief.' }, said), 'wrong_shape'],
    ['a key that the role does not have', line({ ...asked, tool_call_id: 'call-1' }, said), 'wrong_shape'],
    ['content in parts', line({ role: 'user', content: [{ type: 'text', text: 'Low water?' }] }, said), 'wrong_shape'],
    ['no content at all', line(asked, { role: 'assistant' }), 'wrong_shape'],
    ['a weight of a half', line(asked, { ...said, weight: 0.5 }), 'wrong_shape'],
    ['a name with a space', line({ ...asked, name: 'harbour master' }, said), 'wrong_shape'],
    [
      'a call of no type',
      line(asked, { role: 'assistant', content: null, tool_calls: [{ id: 'call-1', function: call.function }] }),
      'wrong_shape',
    ],
    [
      'arguments that were parsed',
      line(asked, { role: 'assistant', content: null, tool_calls: [{ ...call, function: { name: 'tide_table', arguments: {} } }] }),
      'wrong_shape',
    ],
    ['an empty list of calls', line(asked, { role: 'assistant', content: null, tool_calls: [] }), 'wrong_shape'],
    ['no turn of the assistant', line(asked), 'illegal_end'],
    ['a user turn at the end', line(asked, said, asked), 'illegal_end'],
    [
      'a result at the end',
      line(asked, { role: 'assistant', content: null, tool_calls: [call] }, { role: 'tool', content: '06:40', tool_call_id: 'call-1' }),
      'illegal_end',
    ],
    ['a call that nobody answered', line(asked, { role: 'assistant', content: null, tool_calls: [call] }, asked, said), 'unanswered_call'],
    ['an empty list of tools', { ...(line(asked, said) as object), tools: [] }, 'wrong_shape'],
    ['a flat tool', { ...(line(asked, said) as object), tools: [{ type: 'function', name: 'tide_table' }] }, 'wrong_shape'],
  ])('find %s', (_what, row, reason) => {
    expect(COLUMN_RULES['sft/openai'].faultsOf(row as never).map((fault) => fault.reason)).toContain(reason);
  });
});
