import type { JsonObject } from '../../../shared/json.ts';
import type { Leaks } from '../leaks.ts';
import { layLines } from '../lay.ts';
import { LIKED, NO, trap, UNKNOWN, YES, type Attempt, type Stream, type Told } from '../telling.ts';

/** Traces of Langfuse: annotators are people, evaluators are judges, and some texts were masked before they were stored. */
export function tellDeskTraces(leaks: Leaks): Stream {
  const leaky = `My library card fell into the fen. ${leaks.say('email', 'input of a trace')}`;
  const traces = [
    trace(
      '1',
      leaky,
      'We print a new one. Ensure that the old one is blocked.',
      [score('correctness', 1, 'ANNOTATION')],
      trap(YES, 'leak'),
    ),
    trace('2', 'Is the café of the library open?', 'There is no café.', [score('correctness', 0, 'ANNOTATION')], NO),
    trace('3', 'Do you lend games?', 'Yes, one at a time.', [score('helpfulness', 1, 'EVAL')], trap(LIKED, 'single_judge')),
    trace('4', 'And puzzles?', '<redacted>', [score('tone', 1, 'ANNOTATION')], trap({ truth: 'none', category: 'rejected' }, 'masked')),
    trace(
      '5',
      'And musical scores?',
      'Shelf P, beside the piano.',
      [score(`rating of ${leaks.mint('email', 'name of a score')}`, 7, 'EVAL')],
      trap(UNKNOWN, 'leak'),
    ),
  ];
  return {
    name: 'desk-traces',
    adapter: 'langfuse',
    isLabelled: true,
    paths: ['desk-traces/*'],
    files: [layLines('desk-traces/week-19.jsonl', traces)],
  };
}

function trace(id: string, input: string, output: string, scores: JsonObject[], attempt: Attempt): Told {
  const generation = {
    id: `ob-${id}`,
    traceId: `tr-${id}`,
    type: 'GENERATION',
    name: 'reply',
    startTime: '2026-05-06T08:00:01.000Z',
    endTime: '2026-05-06T08:00:02.000Z',
    model: 'desk-large',
    input: [{ role: 'user', content: input }],
    output: { role: 'assistant', content: output },
    level: 'DEFAULT',
    statusMessage: null,
    parentObservationId: null,
  };
  return {
    value: {
      id: `tr-${id}`,
      timestamp: '2026-05-06T08:00:00.000Z',
      name: 'desk',
      input,
      output,
      sessionId: null,
      metadata: {},
      htmlPath: `/project/fen/traces/tr-${id}`,
      observations: [generation],
      scores: scores.map((given) => ({ ...given, id: `sc-${id}`, traceId: `tr-${id}` })),
    },
    attempts: [attempt],
  };
}

function score(name: string, value: number, source: string): JsonObject {
  return { name, value, source, observationId: null, timestamp: '2026-05-06T09:00:00.000Z', comment: null, dataType: 'NUMERIC' };
}
