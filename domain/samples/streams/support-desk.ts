import { createRandom, deriveSeed, type Random } from '../../shared/random.ts';
import { cutLine, duplicateKey, invalidUtf8, loneSurrogate, nanLiteral, strayValue } from '../broken-lines.ts';
import { alsoPlanted, tellChat, type Intent, type Turn } from '../chat-record.ts';
import { cycle, dealDeck } from '../deck.ts';
import { drawFacts, fill, type Facts } from '../facts.ts';
import { insertAt, layDays } from '../lay-days.ts';
import { momentWithin } from '../moments.ts';
import { createSecretMint, type SecretMint } from '../secret-mint.ts';
import { agentSentence, CUSTOMER_KINDS, customerSentence, type CustomerKind } from '../secret-sentences.ts';
import type { Stream, Told } from '../telling.ts';
import { HELPFUL_NOS, REFUSALS } from '../texts/refusals.ts';
import { RENTAL_TOPICS } from '../texts/support-rental.ts';
import { SHOP_TOPICS } from '../texts/support-shop.ts';
import { composeAnswer, OPENERS, SUPPORT_PROMPT } from '../texts/support-voice.ts';
import type { SupportTopic } from '../texts/support-topic.ts';

// What each kind of conversation is worth. Labels are the shift lead's word; the reward is a check of the booking afterwards.
const INTENTS = {
  right: { label: 'accepted', expected: 'accepted' },
  right_again: { label: 'accepted', expected: 'accepted', planted: ['tie'] },
  wrong: { label: 'rejected', expected: 'rejected', planted: ['fluent_failure'] },
  half: { label: 'partial', expected: 'partially_accepted' },
  contradicted: { label: 'accepted', reward: 0, expected: 'needs_human_review', planted: ['label_against_reward'] },
  contradicted_no: { label: 'rejected', reward: 1, expected: 'needs_human_review', planted: ['label_against_reward'] },
  unlabelled: { expected: 'needs_human_review', planted: ['unlabelled'] },
  refusal: { label: 'accepted', expected: 'rejected', planted: ['refusal'] },
  helpful_no: { label: 'accepted', expected: 'accepted', planted: ['helpful_no'] },
  echo: { label: 'accepted', expected: 'rejected', planted: ['echo'] },
  empty: { label: 'accepted', expected: 'rejected', planted: ['empty_answer'] },
  silent: { label: 'accepted', expected: 'rejected', planted: ['no_assistant_turn'] },
  empty_first_turn: { label: 'accepted', expected: 'accepted', planted: ['empty_first_user_turn'], sft: 'no_prompt' },
} satisfies Record<string, Intent>;
type Kind = keyof typeof INTENTS;

// Each row is one task; a task with several kinds is answered that often.
const TASKS: readonly { readonly kinds: readonly Kind[]; readonly tasks: number }[] = [
  { kinds: ['right', 'wrong'], tasks: 20 },
  { kinds: ['right_again', 'right_again'], tasks: 4 },
  { kinds: ['right', 'half', 'wrong'], tasks: 4 },
  { kinds: ['right'], tasks: 42 },
  { kinds: ['wrong'], tasks: 16 },
  { kinds: ['half'], tasks: 8 },
  { kinds: ['contradicted'], tasks: 3 },
  { kinds: ['contradicted_no'], tasks: 2 },
  { kinds: ['unlabelled'], tasks: 6 },
  { kinds: ['refusal'], tasks: 3 },
  { kinds: ['helpful_no'], tasks: 3 },
  { kinds: ['echo'], tasks: 2 },
  { kinds: ['empty'], tasks: 2 },
  { kinds: ['silent'], tasks: 1 },
  { kinds: ['empty_first_turn'], tasks: 2 },
];

/** Customers write, agents answer, the shift lead labels: chat lines with a human's word, one file a day. `handedOver` came from another stream. */
export function tellSupportDesk(seed: number, handedOver: Told): Stream {
  const random = createRandom(deriveSeed(seed, 'support-desk'));
  const mint = createSecretMint(random);
  const records = tellTasks(random, mint);
  const spare = (at: number) => records[at] as Told;
  const files = layDays('support-desk', records, {
    '2026-03-02': {
      arrange: (told) =>
        insertAt(insertAt(told, 20, cutLine(leaky(random, mint), ['secret_in_broken_line'])), 9, { copyOf: told[3] as Told }),
    },
    // The Windows machine at Mill Quay exports with a byte order mark.
    '2026-03-03': {
      style: { bom: true, crlf: true },
      arrange: (told) => insertAt(told, 15, strayValue('"export continued"'), duplicateKey(spare(5))),
    },
    '2026-03-04': {
      style: { blankEvery: 9 },
      arrange: (told) =>
        insertAt(insertAt(told, 18, invalidUtf8(spare(11)), nanLiteral(spare(12))), 7, { copyOf: told[2] as Told, reordered: true }),
    },
    '2026-03-05': {
      arrange: (told) => [
        ...insertAt(told, 12, loneSurrogate(spare(17))),
        { copyOf: firstOf(records, '2026-03-02') },
        { copyOf: handedOver },
      ],
    },
  });
  const about = 'Support desk chats with the shift lead’s label, one file a day.';
  return { name: 'support-desk', adapter: 'openai-chat', about, paths: ['support-desk/*.jsonl'], files, secrets: mint.minted() };
}

function tellTasks(random: Random, mint: SecretMint): Told[] {
  const nextTopic = cycle(random, [...RENTAL_TOPICS, ...SHOP_TOPICS]);
  const nextLeak = cycle(random, CUSTOMER_KINDS);
  const deck = dealDeck(random, Object.fromEntries(TASKS.map(({ kinds, tasks }) => [kinds.join('+'), tasks])));
  return deck.flatMap((kinds, nth) => {
    const leak = nth % 4 === 1 ? nextLeak() : undefined;
    return tellTask(`support/${String(nth + 1).padStart(3, '0')}`, nextTopic(), kinds.split('+') as Kind[], random, mint, leak);
  });
}

function tellTask(
  name: string,
  topic: SupportTopic,
  kinds: readonly Kind[],
  random: Random,
  mint: SecretMint,
  leak?: CustomerKind,
): Told[] {
  const facts = drawFacts(random);
  const question = `${random.pick(OPENERS)}${fill(random.pick(topic.asks), facts)}`;
  const datum = leak === undefined ? undefined : mint.mint(leak);
  const ask = leak === undefined || datum === undefined ? question : `${question} ${customerSentence(leak, datum, random)}`;
  const goods = random.shuffle(topic.good);
  return kinds.map((kind, attempt) => {
    const good = fill(goods[attempt % goods.length] as string, facts);
    const messages: Turn[] = [
      { role: 'system', content: SUPPORT_PROMPT },
      ...talk(kind, topic, facts, ask, sayBack(good, datum, random), random),
    ];
    const parts = {
      id: `sd-${random.int(0xffffff).toString(16).padStart(6, '0')}`,
      taskId: `${name}-${topic.name}`,
      at: momentWithin(random),
      model: 'harbor-chat-2',
    };
    return tellChat({ ...parts, messages, place: 'top' }, alsoPlanted(INTENTS[kind], leak === undefined ? [] : [`personal:${leak}`]));
  });
}

function talk(kind: Kind, topic: SupportTopic, facts: Facts, ask: string, good: string, random: Random): Turn[] {
  const user = { role: 'user', content: ask };
  const says = (content: string): Turn => ({ role: 'assistant', content });
  switch (kind) {
    case 'wrong':
    case 'contradicted':
      return [user, says(composeAnswer(fill(random.pick(topic.wrong), facts), random))];
    case 'half':
      return [user, says(composeAnswer(fill(topic.half, facts), random))];
    case 'refusal':
      return [user, says(random.pick(REFUSALS))];
    case 'helpful_no':
      return [user, says(fill(random.pick(HELPFUL_NOS), facts))];
    case 'echo':
      return [user, says(ask)];
    case 'empty':
      return [user, says('')];
    case 'silent':
      return [user];
    case 'empty_first_turn':
      return [
        { role: 'user', content: '' },
        says('Hello, this is Tidewater Cycles. What can I do for you?'),
        user,
        says(composeAnswer(good, random)),
      ];
    default:
      return [partsOrText(user, random), says(composeAnswer(good, random)), ...followUp(topic, facts, random)];
  }
}

function followUp(topic: SupportTopic, facts: Facts, random: Random): Turn[] {
  if (random.int(100) >= 45) return [];
  return [
    { role: 'user', content: fill(topic.followUp.ask, facts) },
    { role: 'assistant', content: fill(topic.followUp.answer, facts) },
  ];
}

// Every second agent repeats what the customer should not have written.
function sayBack(answer: string, datum: string | undefined, random: Random): string {
  return datum === undefined || random.int(2) === 0 ? answer : `${answer} ${agentSentence(datum, random)}`;
}

// Some clients send content as parts, now and then with a picture.
function partsOrText(user: { role: string; content: string }, random: Random): Turn {
  if (random.int(100) >= 12) return user;
  const picture = { type: 'image_url', image_url: { url: 'https://photos.tidewater.example/upload/mudguard.jpg' } };
  return { role: 'user', content: [{ type: 'text', text: user.content }, ...(random.int(2) === 0 ? [picture] : [])] };
}

function leaky(random: Random, mint: SecretMint): Told {
  const [told] = tellTask('support/cut', RENTAL_TOPICS[0] as SupportTopic, ['right'], random, mint, 'email');
  return told as Told;
}

function firstOf(records: readonly Told[], day: string): Told {
  return records.find((record) => record.day === day) as Told;
}
