import type { JsonObject } from '../../shared/json.ts';
import { createRandom, deriveSeed, type Random } from '../../shared/random.ts';
import { cycle, dealDeck } from '../deck.ts';
import { layObject } from '../lay-files.ts';
import { STORY_DAYS } from '../moments.ts';
import { createSecretMint, type SecretMint } from '../secret-mint.ts';
import { MACHINE_KINDS, machineLine, type MachineKind } from '../secret-sentences.ts';
import type { Stream, Telling, Told } from '../telling.ts';
import { SHELL_TASKS, type ShellFacts, type ShellStep, type ShellTask } from '../texts/shell-tasks.ts';

interface Ending {
  readonly steps: readonly ('right' | 'near' | 'off')[];
  readonly rewards: readonly number[];
  readonly telling: Omit<Telling, 'task'>;
}

// How an episode went; the truth is its best reward.
const ENDINGS = {
  at_once: { steps: ['right'], rewards: [1], telling: { truth: 'reward 1', expected: 'accepted' } },
  second: { steps: ['near', 'right'], rewards: [0.67, 1], telling: { truth: 'reward 1', expected: 'accepted' } },
  third: { steps: ['off', 'near', 'right'], rewards: [0.33, 0.67, 1], telling: { truth: 'reward 1', expected: 'accepted' } },
  // The best turn is not the last one.
  best_first: {
    steps: ['right', 'off'],
    rewards: [1, 0.33],
    telling: { truth: 'reward 1', expected: 'accepted', planted: ['best_turn_is_not_last'] },
  },
  near: { steps: ['off', 'near'], rewards: [0.33, 0.67], telling: { truth: 'reward 0.67', expected: 'partially_accepted' } },
  nearer: { steps: ['near'], rewards: [0.9], telling: { truth: 'reward 0.9', expected: 'partially_accepted' } },
  half: {
    steps: ['near', 'off'],
    rewards: [0.5, 0.17],
    telling: { truth: 'reward 0.5', expected: 'partially_accepted', planted: ['partial_at_the_limit'] },
  },
  little: {
    steps: ['off', 'off'],
    rewards: [0.17, 0.34],
    telling: { truth: 'reward 0.34', expected: 'rejected', planted: ['partial_below_the_limit'] },
  },
  nothing: { steps: ['off'], rewards: [0], telling: { truth: 'reward 0', expected: 'rejected' } },
} satisfies Record<string, Ending>;
type EndingName = keyof typeof ENDINGS;

interface Task {
  readonly id: number;
  readonly task: ShellTask;
  readonly facts: ShellFacts;
}

/** An agent on the fleet server: shell tasks with rewards between 0 and 1, the same tasks run in two styles. */
export function tellFleetShell(seed: number): Stream {
  const random = createRandom(deriveSeed(seed, 'fleet-shell'));
  const mint = createSecretMint(random);
  const nextTask = cycle(random, SHELL_TASKS);
  const nextLeak = cycle(random, MACHINE_KINDS);
  const tasks = Array.from({ length: 48 }, (_, id): Task => ({ id, task: nextTask(), facts: drawShellFacts(random) }));
  const plain: EndingName[] = dealDeck(random, {
    at_once: 12,
    second: 8,
    third: 4,
    best_first: 3,
    near: 6,
    nearer: 3,
    half: 2,
    little: 5,
    nothing: 5,
  });
  const thinking: EndingName[] = dealDeck(random, { at_once: 9, second: 10, third: 6, near: 8, nearer: 3, little: 5, nothing: 7 });
  const tell = (form: typeof plainEpisode, endings: readonly EndingName[]) =>
    tasks.map((task, nth) => tellEpisode(form, task, endings[nth] as EndingName, random, mint, nth % 8 === 5 ? nextLeak() : undefined));
  const files = [
    layObject('fleet-shell/ic_bash_multiturn_mooring-agent-1_10_turns_fleet_1.json', tell(plainEpisode, plain)),
    layObject('fleet-shell/ic_bash_react_10_turns_fleet_1.json', tell(thinkingEpisode, thinking)),
  ];
  const about = 'Shell tasks on the fleet server with rewards between 0 and 1, run in two styles.';
  return { name: 'fleet-shell', adapter: 'intercode', about, paths: ['fleet-shell/*.json'], files, secrets: mint.minted() };
}

type Form = (steps: readonly ShellStep[], rewards: readonly number[]) => JsonObject;

function tellEpisode(
  form: Form,
  { id, task, facts }: Task,
  ending: EndingName,
  random: Random,
  mint: SecretMint,
  leak?: MachineKind,
): Told {
  const { steps, rewards, telling } = ENDINGS[ending] as Ending;
  const look =
    leak === undefined
      ? []
      : [
          {
            action: `env | sort | head && ls ${facts.folder}`,
            observation: `${machineLine(leak, mint, random)}\nHOME=/home/fleet\nrides.csv\n`,
          },
        ];
  const walked = [...look, ...steps.map((step) => task[step](facts))];
  const earned = [...look.map(() => 0), ...rewards];
  const query = task.query(facts);
  const value: JsonObject = { environment: 'ic_bash', dataset: './data/fleet/fleet_1.json', task_id: id, query, ...form(walked, earned) };
  const planted = [...(telling.planted ?? []), ...(leak === undefined ? [] : [`secret:${leak}`])];
  return { ...telling, task: `fleet_1/${id}`, planted, value, day: 'undated' };
}

function plainEpisode(steps: readonly ShellStep[], rewards: readonly number[]): JsonObject {
  const best = Math.max(...rewards);
  const last = rewards.at(-1) as number;
  return {
    turn_history: historyOf(steps, rewards),
    summary: { max_reward: best, max_reward_idx: rewards.indexOf(best), turns_taken: steps.length, turns_max: 10 },
    info: {
      reward: { file_diff: last === 0 ? 0 : 0.33, answer_similarity: last },
      agent_obs: (steps.at(-1) as ShellStep).observation,
      action_executed: true,
    },
  };
}

function thinkingEpisode(steps: readonly ShellStep[], rewards: readonly number[]): JsonObject {
  const { actions, ...history } = historyOf(steps, rewards);
  return {
    turn_history: {
      thoughts: [...steps.map((_, nth) => THOUGHTS[nth % THOUGHTS.length] as string), 'That is what was asked for, so I submit.'],
      actions: [...actions.map((action) => `execute[${action}]`), 'submit'],
      observations: [...history.observations, ''],
      // In this style only the submission is graded.
      rewards: [...rewards.map(() => 0), Math.max(...rewards)],
      valid_action: [...history.valid_action, true],
    },
    summary: { max_reward: Math.max(...rewards), turns_taken: steps.length + 1, turns_max: 10 },
  };
}

function historyOf(steps: readonly ShellStep[], rewards: readonly number[]) {
  return {
    actions: steps.map(({ action }) => action),
    observations: steps.map(({ observation }) => observation),
    rewards: [...rewards],
    valid_action: steps.map(({ observation }) => !/not found|unrecognized|No such file|Is a directory/.test(observation)),
  };
}

const THOUGHTS = [
  'First I look at what is there and try the obvious command.',
  'That was not quite it. I should be more exact about the files.',
  'Now I know the layout, so one pipeline should do.',
  'The output still has something that was not asked for.',
];

function drawShellFacts(random: Random): ShellFacts {
  return {
    folder: `/srv/tidewater/${random.pick(['logs', 'exports', 'jobs', 'archive', 'reports', 'sync'])}/${random.pick(['north', 'south', 'harbor', 'depot', 'island'])}`,
    word: random.pick(['flat tyre', 'dock full', 'lock timeout', 'battery low', 'payment failed', 'gps lost']),
    days: random.int(50) + 10,
    count: random.int(9) + 5,
    day: random.pick(STORY_DAYS),
  };
}
