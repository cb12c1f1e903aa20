import type { Leaks } from '../leaks.ts';
import { layLines } from '../lay.ts';
import { DISPUTED, NO, PARTLY, trap, UNKNOWN, YES, type Attempt, type Stream, type Told } from '../telling.ts';

/** Letters of readers in a form that only the library knows, read by field paths. */
export function tellLetters(leaks: Leaks): Stream {
  const letters = [
    letter(1, 'Dear library, when was the fen drained?', 'In 1652, and again in 1707.', { keeper: 'good' }, YES),
    letter(2, 'Dear library, who drew the first map?', 'Somebody.', { keeper: 'poor' }, NO),
    letter(3, `Dear library, please write back. ${leaks.say('email', 'letter')}`, 'We did.', { keeper: 'fair' }, trap(PARTLY, 'leak')),
    letter(
      4,
      'Dear library, is the weir older than the mill?',
      'By a hundred years.',
      { keeper: 'good', checked: false },
      trap(DISPUTED, 'human_against_tests'),
    ),
    letter(5, 'Dear library, do you buy old postcards?', 'Now and then.', {}, trap(UNKNOWN, 'unlabelled')),
    // A path that does not resolve is an error, not an empty text.
    { raw: JSON.stringify({ no: 6, from: { words: 'Dear library, …' } }), reason: 'missing_field' } as const,
  ];
  return {
    name: 'letters',
    adapter: 'mapped',
    isLabelled: true,
    paths: ['letters/*'],
    options: {
      layout: 'lines',
      fields: { id: 'no', prompt: 'from.words', response: '/answer/words', label: 'keeper?', passed: 'checked?' },
      label_map: { good: 'accepted', fair: 'partial', poor: 'rejected' },
    },
    files: [layLines('letters/spring.jsonl', letters)],
  };
}

function letter(no: number, words: string, answer: string, truth: { keeper?: string; checked?: boolean }, attempt: Attempt): Told {
  return { value: { no, from: { words }, answer: { words: answer }, ...truth }, attempts: [attempt] };
}
