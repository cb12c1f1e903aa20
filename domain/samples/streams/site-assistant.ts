import { createRandom, deriveSeed, type Random } from '../../shared/random.ts';
import { cutLine, strayValue } from '../broken-lines.ts';
import { alsoPlanted, tellChat, type Intent, type Turn } from '../chat-record.ts';
import { cycle, dealDeck } from '../deck.ts';
import { insertAt, layDays } from '../lay-days.ts';
import { momentWithin } from '../moments.ts';
import { createSecretMint, type SecretMint } from '../secret-mint.ts';
import { MACHINE_KINDS, machineLine, type MachineKind } from '../secret-sentences.ts';
import type { Stream, Told } from '../telling.ts';
import { drawCodeFacts, type CodeTopic } from '../texts/code-topic.ts';
import { CODE_TOPICS, sayCode } from '../texts/code-topics.ts';
import { REFUSALS } from '../texts/refusals.ts';

// The label is the word of the developer who asked, the reward the share of hidden tests that pass. They need not agree.
const INTENTS = {
  right: { label: 'accepted', reward: 1, expected: 'accepted' },
  wrong: { label: 'rejected', reward: 0, expected: 'rejected', planted: ['fluent_failure'] },
  liked_but_failing: { label: 'accepted', reward: 0, expected: 'needs_human_review', planted: ['label_against_reward', 'fluent_failure'] },
  disliked_but_passing: { label: 'rejected', reward: 1, expected: 'needs_human_review', planted: ['label_against_reward'] },
  passing: { reward: 1, expected: 'accepted' },
  passing_again: { reward: 1, expected: 'accepted', planted: ['tie'] },
  failing: { reward: 0, expected: 'rejected', planted: ['fluent_failure'] },
  most_tests: { reward: 0.7, expected: 'partially_accepted' },
  few_tests: { reward: 0.4, expected: 'rejected', planted: ['partial_below_the_limit'] },
  refusal: { label: 'accepted', expected: 'rejected', planted: ['refusal'] },
  unlabelled: { expected: 'needs_human_review', planted: ['unlabelled'] },
} satisfies Record<string, Intent>;
type Kind = keyof typeof INTENTS;

const TASKS: readonly { readonly kinds: readonly Kind[]; readonly tasks: number }[] = [
  { kinds: ['right', 'wrong'], tasks: 12 },
  { kinds: ['passing', 'failing'], tasks: 8 },
  { kinds: ['passing', 'most_tests', 'few_tests'], tasks: 5 },
  { kinds: ['passing_again', 'passing_again'], tasks: 3 },
  { kinds: ['right'], tasks: 15 },
  { kinds: ['wrong'], tasks: 6 },
  { kinds: ['liked_but_failing'], tasks: 7 },
  { kinds: ['disliked_but_passing'], tasks: 4 },
  { kinds: ['unlabelled'], tasks: 4 },
  { kinds: ['refusal'], tasks: 2 },
];

const PROMPT =
  'You are the coding assistant of the team that builds the Tidewater Cycles booking site. Answer with code that runs and one remark that matters.';

/** Developers ask, tests judge: labels and rewards on coding answers, some of them at odds, and secrets that people paste. */
export function tellSiteAssistant(seed: number): Stream {
  const random = createRandom(deriveSeed(seed, 'site-assistant'));
  const mint = createSecretMint(random);
  const records = tellTasks(random, mint);
  const files = layDays('site-assistant', records, {
    '2026-03-03': { arrange: (told) => insertAt(told, 8, strayValue('[]')) },
    '2026-03-05': { arrange: (told) => insertAt(insertAt(told, 15, cutLine(records[30] as Told)), 6, { copyOf: told[0] as Told }) },
  });
  const about = 'Coding assistant of the booking site: labels by developers, rewards by hidden tests.';
  return { name: 'site-assistant', adapter: 'openai-chat', about, paths: ['site-assistant/*.jsonl'], files, secrets: mint.minted() };
}

function tellTasks(random: Random, mint: SecretMint): Told[] {
  const nextTopic = cycle(random, CODE_TOPICS);
  const nextLeak = cycle(random, MACHINE_KINDS);
  const deck = dealDeck(random, Object.fromEntries(TASKS.map(({ kinds, tasks }) => [kinds.join('+'), tasks])));
  return deck.flatMap((kinds, nth) => {
    const name = `site/${String(nth + 1).padStart(3, '0')}`;
    return tellTask(name, nextTopic(), kinds.split('+') as Kind[], random, mint, nth % 4 === 2 ? nextLeak() : undefined);
  });
}

function tellTask(name: string, topic: CodeTopic, kinds: readonly Kind[], random: Random, mint: SecretMint, leak?: MachineKind): Told[] {
  const { ask, good, wrong, half } = sayCode(topic, drawCodeFacts(random));
  const setting = leak === undefined ? undefined : machineLine(leak, mint, random);
  const question = setting === undefined ? ask : `${ask}\n\nIn case it matters, this is in my .env:\n${setting}`;
  // The careless answers put the secret into the code.
  const careless = setting === undefined ? wrong : `${wrong}\n\nI also keep your setting in the file itself:\n\n\`\`\`\n${setting}\n\`\`\``;
  const goods = random.shuffle(good);
  return kinds.map((kind, attempt) => {
    const answer = answerOf(kind, { good: goods[attempt % goods.length] as string, wrong: careless, half }, random);
    const messages: Turn[] = [
      { role: 'system', content: PROMPT },
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ];
    const parts = {
      id: `code-${random.int(0xffffff).toString(16).padStart(6, '0')}`,
      taskId: `${name}-${topic.name}`,
      at: momentWithin(random),
    };
    const intent = alsoPlanted(INTENTS[kind], leak === undefined ? [] : [`secret:${leak}`]);
    return tellChat({ ...parts, model: random.pick(['quay-coder-1', 'quay-coder-2']), messages, place: 'metadata' }, intent);
  });
}

function answerOf(kind: Kind, answers: { good: string; wrong: string; half: string }, random: Random): string {
  switch (kind) {
    case 'wrong':
    case 'liked_but_failing':
    case 'failing':
      return answers.wrong;
    case 'most_tests':
    case 'few_tests':
      return answers.half;
    case 'refusal':
      return random.pick(REFUSALS);
    default:
      return answers.good;
  }
}
