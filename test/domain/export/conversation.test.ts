import { describe, expect, test } from 'vitest';
import { checkConversation } from '../../../domain/export/conversation.ts';
import type { Message } from '../../../schemas/evidence.ts';
import type { QuarantineReason } from '../../../schemas/vocabulary.ts';
import { assistant, call, result, system, user } from './records.ts';

describe('a conversation fit for training', () => {
  test.each<[string, readonly Message[]]>([
    ['question and answer', [user('When is low tide?'), assistant('At 6:40.')]],
    ['system turns first', [system('Be brief.'), system('Be kind.'), user('When is low tide?'), assistant('At 6:40.')]],
    ['a tool call, its result, an answer', [user('Low tide?'), assistant('', call('c1')), result('c1'), assistant('At 6:40.')]],
    ['an answered tool call at the end', [user('Low tide?'), assistant('', call('c1')), result('c1')]],
    [
      'two calls answered in the other order',
      [user('Tides?'), assistant('', call('c1'), call('c2')), result('c2'), result('c1'), assistant('6:40 and 18:55.')],
    ],
    [
      'the same call id again once it is answered',
      [user('Tides?'), assistant('', call('c1')), result('c1'), assistant('', call('c1')), result('c1'), assistant('Same.')],
    ],
    ['two user turns in a row', [user('Low tide?'), user('Today, please.'), assistant('At 6:40.')]],
    ['an empty user turn that is not the first', [user('Low tide?'), assistant('Which day?'), user(''), assistant('Today: 6:40.')]],
  ])('%s', (_name, messages) => {
    expect(checkConversation(messages)).toEqual({ ok: true, messages, cutTurns: 0 });
  });

  test('trailing user turns are cut and counted', () => {
    const fit = [user('Low tide?'), assistant('At 6:40.')];
    expect(checkConversation([...fit, user('Thanks!'), user('Bye.')])).toEqual({ ok: true, messages: fit, cutTurns: 2 });
  });

  test('a trailing user turn is cut behind an answered tool call, too', () => {
    const fit = [user('Low tide?'), assistant('', call('c1')), result('c1')];
    expect(checkConversation([...fit, user('Never mind.')])).toEqual({ ok: true, messages: fit, cutTurns: 1 });
  });
});

describe('a conversation that is refused', () => {
  test.each<[QuarantineReason, string, readonly Message[]]>([
    ['no_prompt', 'nothing at all', []],
    ['no_prompt', 'only a system turn', [system('Be brief.')]],
    ['no_prompt', 'no user turn', [system('Be brief.'), assistant('At 6:40.')]],
    ['no_prompt', 'an empty first user turn', [user(' \n'), assistant('At 6:40.')]],
    [
      'no_prompt',
      'an empty first user turn although a later one asks',
      [user(''), assistant('Yes?'), user('Low tide?'), assistant('6:40.')],
    ],
    ['no_assistant_turn', 'only a question', [user('When is low tide?')]],
    ['no_assistant_turn', 'an answer that says nothing', [user('When is low tide?'), assistant(' ')]],
    ['illegal_role_order', 'the assistant speaks first', [assistant('Good morning!'), user('Low tide?'), assistant('At 6:40.')]],
    ['illegal_role_order', 'a tool speaks first', [result('c1'), user('Low tide?'), assistant('At 6:40.')]],
    ['illegal_role_order', 'a late system turn', [user('Low tide?'), system('Be brief.'), assistant('At 6:40.')]],
    [
      'unanswered_tool_call',
      'no result before the next user turn',
      [user('Low tide?'), assistant('', call('c1')), user('Well?'), assistant('6:40.')],
    ],
    ['unanswered_tool_call', 'no result before the answer', [user('Low tide?'), assistant('', call('c1')), assistant('At 6:40.')]],
    ['unanswered_tool_call', 'no result at the end', [user('Low tide?'), assistant('', call('c1'))]],
    ['unanswered_tool_call', 'no result because the user left', [user('Low tide?'), assistant('', call('c1')), user('Bye.')]],
    [
      'unanswered_tool_call',
      'one of two results',
      [user('Tides?'), assistant('', call('c1'), call('c2')), result('c1'), assistant('6:40.')],
    ],
    ['orphan_tool_result', 'a result that nobody asked for', [user('Low tide?'), result('c9'), assistant('At 6:40.')]],
    [
      'orphan_tool_result',
      'a second result of one call',
      [user('Low tide?'), assistant('', call('c1')), result('c1'), result('c1'), assistant('6:40.')],
    ],
    ['orphan_tool_result', 'a result without an id', [user('Low tide?'), assistant('', call('c1')), { role: 'tool', content: '6:40' }]],
  ])('%s: %s', (reason, _name, messages) => {
    const checked = checkConversation(messages);
    expect(checked).toMatchObject({ ok: false, reason });
    expect(checked.ok ? '' : checked.detail).not.toBe('');
  });
});
