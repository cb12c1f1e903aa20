import type { JsonObject } from '../../../shared/json.ts';
import type { Leaks } from '../leaks.ts';
import { layDocument } from '../lay.ts';
import { LIKED, NO, SILENT, trap, UNKNOWN, YES, type Stream } from '../telling.ts';

/** Results of promptfoo: two providers on one test; what a program checked is the truth, a graded assertion is a judge. */
export function tellPromptTests(leaks: Leaks): Stream {
  const tide = { description: 'Closing time', vars: { day: 'Saturday' } };
  const cat = { description: 'The cat of the house', vars: { animal: 'cat' } };
  const results = [
    result(0, 'fen:small', tide, 'We close at two on Saturday.', [check('contains', 'two', true)]),
    result(1, 'fen:large', tide, 'We never close.', [check('contains', 'two', false)]),
    result(2, 'fen:small', cat, 'The cat is called Index.', [check('llm-rubric', 'is friendly', true)]),
    result(3, 'fen:large', { description: 'No assertion', vars: { word: 'gull' } }, 'A gull is a bird.', []),
    {
      ...result(4, 'fen:small', { description: 'No answer', vars: { word: 'none' } }, '', []),
      success: false,
      error: `API error: 503 ${leaks.say('bearer', 'error of a provider')}`,
      response: { error: 'API error: 503' },
      failureReason: 2,
    },
  ];
  const document = { evalId: 'eval-fen-2026-05-06', results: { version: 3, timestamp: '2026-05-06T06:00:00.000Z', prompts: [], results } };
  const at = (nth: number): string => `/results/results/${nth}`;
  return {
    name: 'prompt-tests',
    adapter: 'promptfoo',
    isLabelled: true,
    paths: ['prompt-tests/*'],
    files: [
      layDocument('prompt-tests/closing-time.json', document, [
        { pointer: at(0), ...YES },
        { pointer: at(1), ...trap(NO, 'several_providers') },
        { pointer: at(2), ...trap(LIKED, 'graded_by_a_model') },
        { pointer: at(3), ...trap(UNKNOWN, 'no_assertion') },
        { pointer: at(4), ...trap(SILENT, 'errored', 'leak') },
      ]),
    ],
  };
}

function result(nth: number, provider: string, testCase: JsonObject, output: string, components: JsonObject[]): JsonObject {
  const success = components.every(({ pass }) => pass === true);
  return {
    id: `00000000-0000-4000-8000-00000000000${nth}`,
    success,
    score: success ? 1 : 0,
    failureReason: success ? 0 : 1,
    gradingResult: {
      pass: success,
      score: success ? 1 : 0,
      reason: success ? 'All assertions passed' : 'An assertion failed',
      componentResults: components,
    },
    prompt: { raw: `At the desk, about ${String(testCase.description)}: what do you say?`, label: 'desk' },
    promptIdx: 0,
    provider: { id: provider, label: '' },
    response: { output, finishReason: 'stop' },
    testCase: { ...testCase, assert: components.map(({ assertion }) => assertion as JsonObject) },
    testIdx: nth,
    vars: testCase.vars as JsonObject,
    latencyMs: 300,
    cost: 0.0001,
  };
}

function check(type: string, value: string, pass: boolean): JsonObject {
  return {
    pass,
    score: pass ? 1 : 0,
    reason: pass ? 'Assertion passed' : `Expected the answer to satisfy ${type}`,
    assertion: { type, value },
  };
}
