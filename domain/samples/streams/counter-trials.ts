import type { JsonObject } from '../../shared/json.ts';
import { createRandom, deriveSeed, type Random } from '../../shared/random.ts';
import type { Turn } from '../chat-record.ts';
import { cycle, dealDeck } from '../deck.ts';
import { drawFacts, fill, type Facts } from '../facts.ts';
import { layArray, layText } from '../lay-files.ts';
import { createSecretMint, type SecretMint } from '../secret-mint.ts';
import type { Stream, Telling, Told } from '../telling.ts';
import type { Call } from '../texts/booking-scenarios.ts';
import { COUNTER_POLICY, COUNTER_TASKS, type CounterTask } from '../texts/counter-tasks.ts';
import { callTool } from '../tool-turns.ts';

// What a trial did and the reward of the state it left behind.
const TRIALS = {
  right: { reward: 1, telling: { truth: 'reward 1', expected: 'accepted' } },
  broken: { reward: 0, telling: { truth: 'reward 0', expected: 'rejected', planted: ['fluent_failure'] } },
  talked: { reward: 0, telling: { truth: 'reward 0', expected: 'rejected', planted: ['fluent_failure'] } },
  crashed: { reward: 0, telling: { truth: 'reward 0', expected: 'rejected', planted: ['no_assistant_turn', 'errored'] } },
} satisfies Record<string, { reward: number; telling: Omit<Telling, 'task'> }>;
type Trial = keyof typeof TRIALS;

// Four trials a task, from always right to never.
const PATTERNS = {
  'right right right right': 4,
  'right right broken right': 4,
  'talked right broken right': 4,
  'broken right talked broken': 3,
  'right broken talked crashed': 1,
  'broken talked broken talked': 4,
};

/** A benchmark at the rental counter: simulated customers, four trials a task, the state of the database as the reward. */
export function tellCounterTrials(seed: number): Stream {
  const random = createRandom(deriveSeed(seed, 'counter-trials'));
  const mint = createSecretMint(random);
  const nextTask = cycle(random, COUNTER_TASKS);
  const tasks = dealDeck(random, PATTERNS).map((pattern, taskId) =>
    tellTask(taskId, nextTask(), pattern.split(' ') as Trial[], random, mint),
  );
  // As such harnesses write it: all tasks of trial 0, then all of trial 1, and so on.
  const runs = [0, 1, 2, 3].flatMap((trial) => tasks.map((trials) => trials[trial] as Told));
  const { traj: _, ...withoutTalk } = (runs[5] as Told).value;
  const harbor = layArray('counter-trials/counter-harbor.json', [
    ...runs.slice(0, 50),
    { value: withoutTalk, quarantine: 'missing_field', planted: ['missing_field'] },
    ...runs.slice(50),
    { value: null, quarantine: 'not_an_object', planted: ['stray_value'] },
  ]);
  const files = [harbor, layText('counter-trials/README.md', README)];
  const about = 'Rental counter benchmark with simulated customers, four trials a task.';
  return { name: 'counter-trials', adapter: 'tau-bench', about, paths: ['counter-trials/**/*'], files, secrets: mint.minted() };
}

function tellTask(taskId: number, task: CounterTask, trials: readonly Trial[], random: Random, mint: SecretMint): Told[] {
  const facts = drawFacts(random);
  const contact = random.int(4) === 0 ? mint.mint('email') : 'on file';
  const gold = task.gold(facts).map(({ tool, args }) => ({ name: tool, kwargs: args }));
  const info = { task: { user_id: facts.handle, actions: gold, instruction: fill(task.instruction, facts), outputs: [] }, source: 'user' };
  return trials.map((kind, trial) => {
    const { reward, telling } = TRIALS[kind];
    const traj = kind === 'crashed' ? [] : talk(kind, task, facts, contact, random);
    const outcome: JsonObject =
      kind === 'crashed'
        ? { error: 'connection reset while waiting for the model' }
        : { reward_info: { reward, info: { r_actions: reward } } };
    const marks = contact === 'on file' || kind === 'crashed' ? [] : ['personal:email'];
    const planted = [...('planted' in telling ? telling.planted : []), ...marks];
    const value: JsonObject = { task_id: taskId, reward, info: { ...info, ...outcome }, traj, trial };
    return { value, task: `${taskId}`, truth: telling.truth, expected: telling.expected, planted, day: 'undated' };
  });
}

function talk(kind: 'right' | 'broken' | 'talked', task: CounterTask, facts: Facts, contact: string, random: Random): Turn[] {
  const asks = (content: string): Turn => ({ role: 'user', content: fill(content, facts) });
  const says = (content: string): Turn => ({ role: 'assistant', content: fill(content, facts) });
  const run = ({ tool, args, result }: Call) => callTool(random, tool, args, result);
  const booking = {
    booking: facts.booking,
    handle: facts.handle,
    email: contact,
    bike: facts.bike,
    station: facts.station,
    paid: facts.amount,
  };
  const opening = [
    { role: 'system', content: COUNTER_POLICY },
    asks(random.pick(task.openings)),
    says(
      random.pick([
        'Good morning! Your handle and your booking number, please?',
        'With pleasure. May I have your handle and the number of the booking?',
      ]),
    ),
    asks(random.pick(['{handle}, booking {booking}.', 'I am {handle} and it is {booking}.', 'Sure: {booking}, the handle is {handle}.'])),
    ...callTool(random, 'read_booking', { booking: facts.booking, handle: facts.handle }, booking),
  ];
  const thanks = [asks(random.pick(['Thanks, bye! ###STOP###', 'Perfect, thank you. ###STOP###', '###STOP###']))];
  switch (kind) {
    case 'right':
      return [
        ...opening,
        says(task.offer),
        asks(random.pick(['Yes please.', 'Yes, go ahead.', 'OK, do it.'])),
        ...task.gold(facts).flatMap(run),
        says(random.pick(task.done)),
        ...thanks,
      ];
    case 'broken':
      return [...opening, ...task.broken(facts).flatMap(run), says(task.brokenDone), ...thanks];
    case 'talked':
      return [
        ...opening,
        says(
          'I understand completely, {handle}, and your satisfaction is what we live for. Everything about {booking} is noted, and our team is already looking forward to helping you.',
        ),
        asks('So is it done?'),
        says(random.pick(['It is as good as done. You can rely on us!', 'Rest assured that {booking} is in the best hands.'])),
        ...thanks,
      ];
  }
}

const README = `# Counter trials

Twenty tasks of the rental counter, four trials each. The reward compares the database with the one that the gold actions leave.
\`info.task.actions\` is the answer key: it must never end up in a training row.
`;
