import { callTool, tellChat, toolSays } from '../chat.ts';
import type { Leaks } from '../leaks.ts';
import { NO, trap, YES, type Told } from '../telling.ts';

/** What people blurt out, in every place of a record where text can stand. */
export function tellLeakingTalks(leaks: Leaks): Told[] {
  const card = leaks.mint('card', 'question and answer');
  return [
    tellChat(
      {
        id: 'd-20',
        task: 'send-notice',
        ask: `Please send me a notice. ${leaks.say('email', 'question')} ${leaks.say('phone', 'question')}`,
        answer: `Noted. ${leaks.say('email', 'answer')}`,
        label: 'accepted',
      },
      trap(YES, 'leak'),
    ),
    tellChat(
      {
        id: 'd-20-b',
        task: `notice/${leaks.mint('github_token', 'id of a task')}`,
        ask: 'And by post?',
        turns: [
          { role: 'user', name: leaks.mint('email', 'name of a speaker'), content: 'To my new address.' },
          { role: 'assistant', content: 'By post on Monday.' },
        ],
        label: 'rejected',
      },
      trap(NO, 'leak'),
    ),
    tellChat(
      {
        id: 'd-21',
        task: 'pay-fine',
        ask: `I pay the fine with ${card}.`,
        answer: `The fine is paid with ${card}. Check the receipt before you leave.`,
        label: 'accepted',
      },
      trap(YES, 'leak'),
    ),
    tellChat(
      {
        id: 'd-22',
        task: 'refund',
        ask: [
          { type: 'text', text: `I was charged twice. ${leaks.say('iban', 'part of a content')}` },
          { type: 'image_url', image_url: { url: 'receipt.png' } },
        ],
        answer: `The refund is on its way. ${leaks.say('ssn', 'answer')}`,
        label: 'rejected',
      },
      trap(NO, 'leak', 'content_parts'),
    ),
    tellChat(
      {
        id: 'd-23',
        task: 'look-up-reader',
        system: `You look up readers. ${leaks.say('password', 'system prompt')}`,
        ask: 'Is my account open?',
        turns: [
          callTool('call_1', 'find_reader', {
            [leaks.mint('email', 'key of a tool argument')]: true,
            file: `readers/${leaks.mint('email', 'file name')}.json`,
            token: leaks.mint('github_token', 'tool argument'),
          }),
          toolSays('call_1', `open\n${leaks.say('connection_password', 'tool result')}\n${leaks.say('bearer', 'tool result')}`),
          { role: 'assistant', content: 'Your account is open. Ensure that you bring your card.' },
        ],
        tools: [
          {
            type: 'function',
            function: {
              name: 'find_reader',
              description: `Finds a reader. ${leaks.say('model_key', 'description of a tool')}`,
              parameters: { type: 'object', properties: { [leaks.mint('email', 'key of a tool')]: { type: 'string' } } },
            },
          },
        ],
        reward: 1,
      },
      trap(YES, 'leak', 'tool_arguments_as_text'),
    ),
  ];
}
