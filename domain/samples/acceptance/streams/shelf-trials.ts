import type { JsonObject } from '../../../shared/json.ts';
import { callTool, toolSays } from '../chat.ts';
import type { Leaks } from '../leaks.ts';
import { layArray } from '../lay.ts';
import { NO, SILENT, trap, YES, type Stream, type Told } from '../telling.ts';

/** A benchmark of the reservation agent: simulated readers, four trials a task, and the state of the shelf as the reward. */
export function tellShelfTrials(leaks: Leaks): Stream {
  const chronicle = 'You are a reader who wants the Fen chronicle, volume 2, put aside until Friday. You accept nothing else.';
  const cookbook = 'You are a reader who returns a cookbook with a torn page and wants to know what it costs.';
  const runs = [
    trial(1, 0, chronicle, 1, reserve('Fen chronicle, volume 2', 'Volume 2 is put aside for you until Friday.')),
    trial(1, 1, chronicle, 0, reserve('Fen chronicle, volume 1', 'Wonderful news: volume 2 waits for you until Friday!'), 'fluent_failure'),
    trial(1, 2, chronicle, 1, reserve('Fen chronicle, volume 2', 'Done. Volume 2 is yours until Friday evening.')),
    trial(1, 3, chronicle, 0, [{ role: 'assistant', content: 'It is put aside, you can rely on me.' }], 'fluent_failure'),
    trial(2, 0, cookbook, 1, [
      { role: 'assistant', content: `A torn page costs two euros. ${leaks.say('email', 'answer of a simulated talk')}` },
    ]),
    trial(2, 1, cookbook, 0, [{ role: 'assistant', content: 'A torn page costs nothing, do not worry.' }], 'fluent_failure'),
    trial(2, 2, cookbook, 0, [{ role: 'assistant', content: 'That is ten euros.' }]),
    crashed(2, 3, cookbook, leaks.say('connection_password', 'error text')),
  ];
  const { traj: _, ...silent } = runs[0]!.value;
  const file = layArray('shelf-trials/shelf-agent.json', [
    ...runs,
    { stray: silent, reason: 'missing_field' },
    { stray: null, reason: 'not_an_object' },
  ]);
  return { name: 'shelf-trials', adapter: 'tau-bench', isLabelled: true, paths: ['shelf-trials/*'], files: [file] };
}

const POLICY = '# House rules\n\nPut aside only the volume that was asked for. Check the shelf before you promise anything.';

function trial(task: number, nth: number, instruction: string, reward: number, turns: readonly JsonObject[], ...traps: string[]): Told {
  const value = {
    task_id: task,
    reward,
    info: {
      task: { user_id: 'reader_7', instruction, actions: [{ name: 'put_aside', kwargs: { until: 'Friday' } }], outputs: [] },
      source: 'user',
    },
    traj: [
      { role: 'system', content: POLICY },
      { role: 'user', content: OPENINGS[(task + nth) % OPENINGS.length] as string },
      ...turns,
      { role: 'user', content: '###STOP###' },
    ],
    trial: nth,
  };
  return { value, attempts: [trap(reward === 1 ? YES : NO, ...traps)] };
}

/** The simulated reader never opens twice with the same words. */
const OPENINGS = [
  'Good morning, I have a wish.',
  'Hi! Can you help me with a book?',
  'Hello. It is about a book.',
  'Is this the reservation desk?',
];

function reserve(title: string, words: string): JsonObject[] {
  return [
    callTool('call_1', 'put_aside', { title, until: 'Friday' }),
    toolSays('call_1', `{"put_aside":"${title}"}`),
    { role: 'assistant', content: words },
  ];
}

/** A run that broke before the agent said anything. */
function crashed(task: number, nth: number, instruction: string, error: string): Told {
  const { value } = trial(task, nth, instruction, 0, []);
  return {
    value: { ...value, traj: [], info: { ...(value.info as JsonObject), error: `ConnectionError: ${error}` } },
    attempts: [trap({ ...SILENT, truth: 'no' }, 'errored')],
  };
}
