import type { JsonObject } from '../../../shared/json.ts';
import type { Leaks } from '../leaks.ts';
import { layDocument } from '../lay.ts';
import { zipOf } from '../pack.ts';
import { DISPUTED, LIKED, NO, PARTLY, trap, YES, type Stream } from '../telling.ts';

/** Evaluation logs, as JSON and zipped: scorers that compare are truth, graders are judges, and a log that was cancelled counts for nothing. */
export function tellEvals(leaks: Leaks): Stream {
  const quiz = [
    sample(1, 1, 'On which shelf stand the herbals?', 'F2', 'F2', { match: score('C') }),
    sample(1, 2, 'On which shelf stand the herbals?', 'F2', 'A1', { match: score('I') }),
    sample(2, 1, 'Which two shelves hold maps?', 'M1 and M2', 'M1', { match: score('P') }),
    sample(3, 1, `Who wrote to the library? ${leaks.say('email', 'sample of an evaluation')}`, 'A reader', 'Nobody', { match: score('N') }),
  ];
  const essays = [
    sample(1, 1, 'Describe the reading room.', 'light, long tables', 'A long room with tall windows and two rows of tables.', {
      model_graded_qa: score('C'),
    }),
  ];
  const night = [sample(1, 1, 'When does the alarm ring?', 'at ten', 'at ten', { includes: score('C') })];
  const bound = [
    sample(1, 1, 'Which book is bound in green?', 'The herbal', 'The herbal', { exact: score('C') }),
    sample(2, 1, 'Which book has no cover?', 'The ledger', 'The atlas', { exact: score('I') }),
  ];
  return {
    name: 'evals',
    adapter: 'inspect',
    isLabelled: true,
    paths: ['evals/*'],
    files: [
      layDocument('evals/shelf-quiz.json', log('shelf_quiz', 'success', 'match', quiz), [
        { pointer: '/samples/0', ...YES },
        { pointer: '/samples/1', ...NO },
        { pointer: '/samples/2', ...trap(PARTLY, 'partial_at_the_limit') },
        { pointer: '/samples/3', ...trap(NO, 'leak') },
      ]),
      layDocument('evals/essays.json', log('essays', 'success', 'model_graded_qa', essays), [
        { pointer: '/samples/0', ...trap(LIKED, 'graded_by_a_model') },
      ]),
      layDocument('evals/night.json', log('night', 'cancelled', 'includes', night), [
        { pointer: '/samples/0', ...trap(DISPUTED, 'cancelled') },
      ]),
      bindings(bound),
    ],
  };
}

function bindings(samples: readonly JsonObject[]) {
  const names = samples.map(({ id, epoch }) => `samples/${String(id)}_epoch_${String(epoch)}.json`);
  const { samples: _, ...header } = log('bindings', 'success', 'exact', []);
  const members = [
    { name: 'header.json', text: JSON.stringify(header) },
    ...samples.map((value, nth) => ({ name: names[nth] as string, text: JSON.stringify(value) })),
  ];
  const attempts = [
    { member: names[0] as string, ...YES },
    { member: names[1] as string, ...NO },
  ];
  return { path: 'evals/bindings.eval', bytes: zipOf(members), attempts, refused: [] };
}

function log(task: string, status: string, scorer: string, samples: JsonObject[]): JsonObject {
  return {
    version: 2,
    status,
    eval: {
      task,
      task_id: task,
      model: 'fen/shelf-1',
      created: '2026-05-05T06:00:00+00:00',
      scorers: [{ name: scorer, options: {}, metrics: [{ name: 'inspect_ai/accuracy', options: {} }] }],
    },
    samples,
  };
}

function sample(id: number, epoch: number, input: string, target: string, answer: string, scores: JsonObject): JsonObject {
  const turns = [
    { role: 'user', content: input, source: 'input' },
    { role: 'assistant', content: answer, source: 'generate' },
  ];
  return {
    id,
    epoch,
    input,
    target,
    messages: turns,
    output: { model: 'shelf-1', choices: [{ message: turns[1] as JsonObject, stop_reason: 'stop' }] },
    scores,
    started_at: '2026-05-05T06:00:10+00:00',
    events: [],
  };
}

function score(value: string): JsonObject {
  return { value };
}
