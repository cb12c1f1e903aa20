import type { LongMemEvalQuestion } from '../../schemas/longmemeval-question.ts';

/** Chats of somebody with an orchard by a harbour. The session that answers a question is the only one with its words. */
const TALES = [
  'I planted twelve quince trees behind the boathouse this spring.',
  'The ferry to the island leaves at seven from the northern pier.',
  'My neighbour taught me how to mend a herring net with a wooden needle.',
  'We pressed two hundred litres of perry from the old pear orchard.',
  'The lighthouse keeper keeps bees and sells heather honey in autumn.',
  'A storm tore the blue awning off the fish market last November.',
];

const QUESTIONS = [
  { type: 'single-session-user', question: 'How many quince trees did I plant?', answer: 12, gold: [0] },
  { type: 'single-session-user', question: 'When does the ferry to the island leave?', answer: 'at seven', gold: [1] },
  {
    type: 'multi-session',
    question: 'What did we press from the pear orchard, and what honey is sold?',
    answer: 'perry; heather',
    gold: [3, 4],
  },
] as const;

/** Raw ids that look as those of LongMemEval do: the answering ones say so. */
export function rawId(place: number, gold: readonly number[]): string {
  return gold.includes(place) ? `answer_28035${place}e9` : `4fd7631${place}`;
}

/** So many questions in turn, each over all chats. `changed` replaces fields of one of them, by its place. */
export function taleQuestions(count: number, changed: Readonly<Record<number, Partial<LongMemEvalQuestion>>> = {}): LongMemEvalQuestion[] {
  return Array.from({ length: count }, (_, at) => {
    const { type, question, answer, gold } = QUESTIONS[at % QUESTIONS.length]!;
    return {
      question_id: `tale_${String(at + 1).padStart(3, '0')}`,
      question_type: type,
      question,
      answer,
      question_date: '2023/06/23 (Fri) 07:31',
      haystack_dates: TALES.map((_tale, place) => `2023/04/1${place} (Mon) 05:3${place}`),
      haystack_session_ids: TALES.map((_tale, place) => rawId(place, gold)),
      haystack_sessions: TALES.map((tale) => [
        { role: 'user', content: tale },
        { role: 'assistant', content: 'That sounds like a good day by the water.' },
      ]),
      answer_session_ids: gold.map((place) => rawId(place, gold)),
      ...changed[at],
    };
  });
}

/** The chats by themselves. */
export const TALE_TEXTS: readonly string[] = TALES;

export function asJsonLines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
