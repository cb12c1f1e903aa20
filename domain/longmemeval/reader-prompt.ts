import type { ReaderMode } from '../../schemas/vocabulary.ts';
import { dataNotice } from '../fencing/index.ts';

/** Part of every reader's configuration: another text of the prompts, another version. */
export const READER_PROMPT_VERSION = 'lauter-reader-1';

export interface Message {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** What a reader is asked. Blocks are fenced sessions; without a date there is no line for one. */
export function readerMessages(
  asked: { readonly question: string; readonly questionDate: string | null; readonly blocks: readonly string[] },
  mode: ReaderMode,
): Message[] {
  const date = asked.questionDate === null ? '' : 'Today is ' + asked.questionDate + '.\n\n';
  const found = asked.blocks.length === 0 ? 'No past chat was found.' : asked.blocks.join('\n\n');
  return [
    { role: 'system', content: readerSystemPrompt(mode) },
    { role: 'user', content: 'Past chats:\n\n' + found + '\n\n' + date + 'Question: ' + asked.question },
  ];
}

/** The part of the prompt that is the same for every question. */
export function readerSystemPrompt(mode: ReaderMode): string {
  return [
    'You answer a question of a person from what that person and an assistant said in past chats.',
    dataNotice('chat_session'),
    'Later chats count where chats contradict each other. Work out dates and amounts from what was said.',
    'When the chats do not tell the answer, say that you do not know; never guess.',
    mode === 'direct'
      ? 'Give the answer alone, in a sentence or less.'
      : `First note what each chat says about the question, in a line each. Then write a line that begins with "${ANSWER_MARK}" and gives the answer alone.`,
  ].join(' ');
}

/** The answer in what a reader wrote: behind the last mark where notes come first, else all of it. */
export function answerOf(text: string, mode: ReaderMode): string {
  const mark = mode === 'notes' ? text.lastIndexOf(ANSWER_MARK) : -1;
  return (mark < 0 ? text : text.slice(mark + ANSWER_MARK.length)).trim();
}

const ANSWER_MARK = 'Answer:';
