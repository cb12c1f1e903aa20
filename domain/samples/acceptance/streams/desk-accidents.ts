import { utf8ToBytes } from '@noble/hashes/utils.js';
import { callTool, tellChat, toolSays } from '../chat.ts';
import type { Leaks } from '../leaks.ts';
import { trap, YES } from '../telling.ts';

/** A day of accidents: conversations that are no good for training, and lines that are no records. */
export function tellAccidents(leaks: Leaks) {
  const cut = (text: string): string => text.slice(0, text.indexOf('answer-') + 7);
  const broken = (id: string, leak: string): string =>
    JSON.stringify(
      tellChat({ id, task: id, ask: `Where was I? ${leak}`, answer: 'answer- somewhere else entirely', label: 'accepted' }).value,
    );
  const nested = `${'['.repeat(240)}${']'.repeat(240)}`;
  const invalid = utf8ToBytes(broken('b-3', ''));
  invalid[invalid.indexOf(' '.charCodeAt(0), 80)] = 0xff;
  return [
    tellChat(
      { id: 'e-1', task: 'no-question', ask: '', answer: 'You asked nothing, but good morning.', label: 'accepted' },
      trap(YES, 'empty_first_turn'),
    ),
    tellChat(
      {
        id: 'e-2',
        task: 'open-call',
        ask: 'Is the fen chronicle in?',
        turns: [callTool('call_2', 'find_book', { title: 'Fen chronicle' }), { role: 'assistant', content: 'It should be.' }],
        label: 'accepted',
      },
      trap(YES, 'unanswered_tool_call'),
    ),
    tellChat(
      {
        id: 'e-3',
        task: 'lone-result',
        ask: 'And the second volume?',
        turns: [toolSays('call_9', 'in'), { role: 'assistant', content: 'It is in.' }],
        label: 'accepted',
      },
      trap(YES, 'orphan_tool_result'),
    ),
    tellChat(
      {
        id: 'e-4',
        task: 'late-system',
        ask: 'May I reserve it?',
        answer: 'Yes.',
        turns: [
          { role: 'system', content: 'Be brief.' },
          { role: 'assistant', content: 'Yes, at the desk.' },
        ],
        label: 'accepted',
      },
      trap(YES, 'illegal_role_order'),
    ),
    tellChat(
      {
        id: 'e-5',
        task: 'thanks',
        ask: 'Do you have a step ladder for the top shelf?',
        answer: 'Beside the window. Make sure that it stands.',
        turns: [{ role: 'user', content: 'Thanks!' }],
        label: 'accepted',
      },
      trap(YES, 'trailing_user_turn'),
    ),
    tellChat(
      {
        id: 'e-6',
        task: 'answered-end',
        ask: 'Put the chronicle aside for me.',
        turns: [callTool('call_3', 'reserve', { title: 'Fen chronicle' }), toolSays('call_3', 'reserved until Friday')],
        reward: 1,
      },
      trap(YES, 'ends_with_tool_result'),
    ),
    tellChat(
      {
        id: 'e-7',
        task: 'long-list',
        ask: 'Read me the whole register of the year 1871.',
        answer: `Here it is: ${'entry after entry, '.repeat(700)}and that is all.`,
        label: 'accepted',
      },
      trap(YES, 'oversized_row'),
    ),
    { raw: cut(broken('b-1', leaks.say('email', 'broken line'))), reason: 'broken_json' } as const,
    { raw: `{"wait_s":NaN,${broken('b-2', leaks.say('phone', 'line with NaN')).slice(1)}`, reason: 'not_finite' } as const,
    { raw: invalid, reason: 'not_utf8' } as const,
    {
      raw: `{"id":"said before",${broken('b-4', leaks.say('github_token', 'line with a key twice')).slice(1)}`,
      reason: 'duplicate_key',
    } as const,
    { raw: `{"note":"page \\ud83d",${broken('b-5', '').slice(1)}`, reason: 'lone_surrogate' } as const,
    { raw: `{"trace":${nested},${broken('b-6', '').slice(1)}`, reason: 'too_deep' } as const,
    { raw: JSON.stringify(leaks.say('email', 'stray line')), reason: 'not_an_object' } as const,
    {
      raw: `{"id":"b-8","label":"accepted","asked":${JSON.stringify(leaks.say('jwt', 'line without messages'))}}`,
      reason: 'missing_field',
    } as const,
    { raw: `{"id":"b-9","label":${JSON.stringify(leaks.say('email', 'label'))},"messages":[]}`, reason: 'missing_field' } as const,
    { raw: broken('b-10', `${leaks.say('model_key', 'oversized line')} ${'and so on '.repeat(2500)}`), reason: 'too_large' } as const,
    bigNumber(),
    { raw: cut(broken('b-11', leaks.say('card', 'line that was cut'))), reason: 'truncated_line' } as const,
  ];
}

/** The strict reader keeps the digits of a number that a double would change. */
function bigNumber() {
  const { value } = tellChat({
    id: 'e-9',
    task: 'big-number-2',
    ask: 'Which number has the lost card?',
    answer: 'It ends with 993.',
    label: 'accepted',
  });
  const text = JSON.stringify(value).replace('"id":"e-9"', '"card":9007199254740993,"id":"e-9"');
  return { text, attempts: [trap(YES, 'integer_beyond_2^53')] };
}
