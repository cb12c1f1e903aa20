import { describe, expect, test } from 'vitest';
import { COLUMN_RULES, formOfRow } from '../../../../domain/export/index.ts';
import { canonicalJson } from '../../../../domain/shared/canonical-json.ts';
import { parseStrictJson } from '../../../../domain/shared/strict-json.ts';
import { assistant, calls, pairRow, sftRow, system, TIDE_TABLE, tool, user } from './form-rows.ts';

describe('a conversation for TRL', () => {
  test('has messages with parsed arguments, the tools, and its id', () => {
    const row = sftRow(
      [
        system('You run the harbour desk.'),
        user('Low water on the 2nd?'),
        calls('Let me look.', ['call-1', '{"day":2}']),
        tool('call-1', '06:40'),
      ],
      {
        tools: [TIDE_TABLE],
      },
    );
    expect(formOfRow('sft/trl', row)).toEqual({
      ok: true,
      cutTurns: 0,
      row: {
        id: 'a'.repeat(64),
        messages: [
          { role: 'system', content: 'You run the harbour desk.' },
          { role: 'user', content: 'Low water on the 2nd?' },
          {
            role: 'assistant',
            content: 'Let me look.',
            tool_calls: [{ id: 'call-1', type: 'function', function: { name: 'tide_table', arguments: { day: 2 } } }],
          },
          { role: 'tool', content: '06:40', tool_call_id: 'call-1' },
        ],
        tools: [TIDE_TABLE],
      },
    });
  });

  test('has no tools as null, in every row', () => {
    expect(formOfRow('sft/trl', sftRow([user('Low water?'), assistant('At 6:40.')]))).toMatchObject({ row: { tools: null } });
  });

  test('keeps numbers that a double would change, in arguments and in tool schemas', () => {
    const args = '{"berth":9223372036854775807}';
    const tools = parseStrictJson(
      '[{"name":"berth","parameters":{"type":"object","properties":{"berth":{"maximum":9223372036854775807}}}}]',
    );
    const made = formOfRow('sft/trl', sftRow([user('Berth?'), calls('', ['call-1', args])], { tools: tools as unknown[] }));
    expect(made.ok && canonicalJson(made.row)).toContain('"arguments":{"berth":9223372036854775807}');
    expect(made.ok && canonicalJson(made.row)).toContain('"maximum":9223372036854775807');
  });

  test('leaves out arguments that are no object', () => {
    expect(formOfRow('sft/trl', sftRow([user('Low water?'), calls('', ['call-1', 'day two'])]))).toMatchObject({
      ok: false,
      reason: 'arguments_not_json',
    });
  });
});

describe('a pair for TRL', () => {
  test('has an explicit prompt and two continuations, which may be several turns long', () => {
    const row = pairRow({
      prompt: [user('Low water on the 2nd?')],
      chosen: [calls('', ['call-1', '{"day":2}']), tool('call-1', '06:40'), assistant('At 6:40.')],
      rejected: [assistant('At noon.')],
    });
    expect(formOfRow('preference/trl', row)).toMatchObject({
      row: {
        id: 'pair-1',
        prompt: [{ role: 'user', content: 'Low water on the 2nd?' }],
        chosen: [{ role: 'assistant' }, { role: 'tool', content: '06:40' }, { role: 'assistant', content: 'At 6:40.' }],
        rejected: [{ role: 'assistant', content: 'At noon.' }],
      },
    });
  });

  test('leaves out a prompt that a template cannot go on from', () => {
    const row = pairRow({
      prompt: [user('Low water?'), system('Be brief.')],
      chosen: [assistant('6:40.')],
      rejected: [assistant('Noon.')],
    });
    expect(formOfRow('preference/trl', row)).toMatchObject({ ok: false, reason: 'illegal_end' });
  });
});

describe('the rules themselves', () => {
  const asked = { role: 'user', content: 'Low water?' };
  const said = { role: 'assistant', content: 'At 6:40.' };
  const row = { id: 'a', messages: [asked, said], tools: null };
  const pair = { id: 'p', prompt: [asked], chosen: [said], rejected: [said] };
  const single = { id: 'a', pair_id: 'p', prompt: [asked], completion: [said], label: true };

  test.each([
    ['sft/trl', 'a second type of columns', { ...row, prompt: [asked] }],
    ['sft/trl', 'no tools column', { id: 'a', messages: [asked, said] }],
    ['sft/trl', 'an empty list of tools', { ...row, tools: [] }],
    ['sft/trl', 'no turns', { ...row, messages: [] }],
    ['sft/trl', 'a conversation as text', { ...row, messages: 'Low water? At 6:40.' }],
    ['sft/trl', 'turns in from and value', { ...row, messages: [{ from: 'human', value: 'Low water?' }] }],
    ['sft/trl', 'a flat call', { ...row, messages: [asked, { ...said, tool_calls: [{ name: 'tide_table', arguments: {} }] }] }],
    ['preference/trl', 'no explicit prompt', { id: 'p', chosen: [asked, said], rejected: [asked, said] }],
    ['preference/trl', 'an answer that begins with the user', { ...pair, chosen: [asked, said] }],
    ['preference/unpaired', 'a label in words', { ...single, label: 'good' }],
    ['preference/unpaired', 'no completion', { ...single, completion: [] }],
  ] as const)('%s: find %s', (form, _what, broken) => {
    expect(COLUMN_RULES[form].faultsOf(broken as never).map((fault) => fault.reason)).toContain('wrong_shape');
  });

  test('find nothing in lawful rows', () => {
    expect(COLUMN_RULES['sft/trl'].faultsOf(row)).toEqual([]);
    expect(COLUMN_RULES['preference/trl'].faultsOf(pair)).toEqual([]);
    expect(COLUMN_RULES['preference/unpaired'].faultsOf(single)).toEqual([]);
  });
});
