import type { JsonObject, JsonValue } from '../../../shared/json.ts';
import type { Leaks } from '../leaks.ts';
import { layDocument } from '../lay.ts';
import { NO, PARTLY, trap, YES, type Stream } from '../telling.ts';

/** Shell tasks on the catalogue server with rewards between 0 and 1, by an agent and by people. */
export function tellShelfShell(leaks: Leaks): Stream {
  const count = 'How many slips lie in /srv/slips?';
  const agent: JsonObject = {
    '0': episode(0, count, ['ls /srv/slips', 'ls /srv/slips | wc -l'], ['a.txt b.txt', '2'], [0.1, 1]),
    '1': episode(
      1,
      'Which slip is the longest?',
      ['env', 'wc -c /srv/slips/*'],
      [leaks.say('aws_key_id', 'observation of a shell'), '12 a.txt'],
      [0, 0.67],
    ),
    '2': episode(2, 'Which slip is the oldest?', ['ls /srv'], ['slips'], [0.2]),
    '3': { environment: 'ic_bash', task_id: 3 },
  };
  const people: JsonObject = {
    '0': {
      environment: 'ic_bash',
      dataset: './data/slips.json',
      query_idx: 0,
      query: count,
      trajectory: [{ action: 'find /srv/slips | wc -l', observation: '3' }],
      reward: 0,
    },
  };
  return {
    name: 'shelf-shell',
    adapter: 'intercode',
    isLabelled: true,
    paths: ['shelf-shell/*'],
    files: [
      layDocument(
        'shelf-shell/ic_bash_agent.json',
        agent,
        [
          { pointer: '/0', ...YES },
          { pointer: '/1', ...trap(PARTLY, 'partial', 'leak') },
          { pointer: '/2', ...trap(NO, 'partial_below_the_limit') },
        ],
        [{ pointer: '/3', reason: 'missing_field' }],
      ),
      layDocument('shelf-shell/ic_bash_people.json', people, [{ pointer: '/0', ...NO }]),
    ],
  };
}

function episode(id: number, query: string, actions: string[], observations: string[], rewards: number[]): JsonValue {
  const best = Math.max(...rewards);
  return {
    environment: 'ic_bash',
    dataset: './data/slips.json',
    task_id: id,
    query,
    turn_history: { actions, observations, rewards },
    summary: { max_reward: best, max_reward_idx: rewards.indexOf(best) },
  };
}
