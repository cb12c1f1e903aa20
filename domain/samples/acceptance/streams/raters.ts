import type { JsonObject } from '../../../shared/json.ts';
import type { Leaks } from '../leaks.ts';
import { layLines } from '../lay.ts';
import { DISPUTED, LIKED, NO, trap, UNKNOWN, YES, type Attempt, type Stream, type Told } from '../telling.ts';

/** Two answers a question and the votes of raters, who agree, see no difference, or contradict each other. */
export function tellRaters(leaks: Leaks): Stream {
  const rows = [
    pair(
      'r-1',
      'How do I mend a torn page?',
      'With wheat paste and thin paper.',
      'With sticky tape.',
      [vote('rater-1', 'a'), vote('rater-2', 'a')],
      YES,
      NO,
    ),
    pair(
      'r-2',
      'How do I flatten a page?',
      'Damp it and press it.',
      'Press it after damping.',
      [vote('rater-1', 'tie'), vote('rater-2', 'tie')],
      trap(UNKNOWN, 'tie'),
      trap(UNKNOWN, 'tie'),
    ),
    pair(
      'r-3',
      'How do I date a binding?',
      'By its tools.',
      'By its leather.',
      [vote('rater-1', 'a'), vote('rater-2', 'b')],
      trap(DISPUTED, 'raters_disagree'),
      trap(DISPUTED, 'raters_disagree'),
    ),
    pair(
      'r-4',
      `How do I store maps? ${leaks.say('iban', 'prompt of a comparison')}`,
      'Flat, in a drawer.',
      'Folded, in a box.',
      [vote(`gpt-4o of ${leaks.mint('email', 'name of a judge')}`, 'a')],
      trap(LIKED, 'single_judge', 'leak'),
      trap({ ...NO, truth: 'opinion' }, 'single_judge', 'leak'),
    ),
  ];
  const asked = [ballot('expert_1', 'model_a'), ballot('expert_2', 'model_a')];
  const together = [{ line: 0 }, { line: 1 }];
  const [first, second] = asked as [JsonObject, JsonObject];
  const sides: Attempt[] = [
    { ...YES, model: 'fen-a', parts: together },
    { ...NO, model: 'fen-b', parts: together },
  ];
  const questions = layLines('raters/questions.jsonl', [
    { value: first, attempts: sides.map((attempt) => trap(attempt, 'one_vote_a_row')) },
    { value: second, attempts: [] },
  ]);
  return {
    name: 'raters',
    adapter: 'pairwise',
    isLabelled: true,
    paths: ['raters/*'],
    files: [layLines('raters/panel.jsonl', rows), questions],
  };
}

function pair(id: string, prompt: string, a: string, b: string, votes: JsonObject[], first: Attempt, second: Attempt): Told {
  return {
    value: { id, prompt, response_a: a, response_b: b, model_a: 'fen-a', model_b: 'fen-b', votes, created_at: '2026-05-06T10:00:00Z' },
    attempts: [
      { ...first, model: 'fen-a' },
      { ...second, model: 'fen-b' },
    ],
  };
}

function vote(by: string, choice: string): JsonObject {
  return { by, choice };
}

/** MT-Bench writes one vote a row. */
function ballot(judge: string, winner: string): JsonObject {
  const talk = (answer: string): JsonObject[] => [
    { role: 'user', content: 'Describe the stacks in one line.' },
    { role: 'assistant', content: answer },
  ];
  return {
    question_id: 81,
    model_a: 'fen-a',
    model_b: 'fen-b',
    winner,
    judge,
    conversation_a: talk('Iron, dust and patience.'),
    conversation_b: talk('Stacks are stacks.'),
    turn: 1,
  };
}
