import { createRandom, deriveSeed, type Random } from '../../shared/random.ts';
import { cutLine, loneSurrogate } from '../broken-lines.ts';
import { alsoPlanted, tellChat, type Intent, type Turn } from '../chat-record.ts';
import { cycle, dealDeck } from '../deck.ts';
import { drawFacts, fill } from '../facts.ts';
import { insertAt, layDays } from '../lay-days.ts';
import { layText } from '../lay-files.ts';
import { STORY_DAYS } from '../moments.ts';
import { createSecretMint, type SecretMint } from '../secret-mint.ts';
import { CUSTOMER_KINDS, customerSentence, type CustomerKind } from '../secret-sentences.ts';
import type { Stream, Told } from '../telling.ts';
import { NIGHT_TOPICS, type NightTopic } from '../texts/night-topics.ts';
import { REFUSALS } from '../texts/refusals.ts';

const INTENTS = {
  answered: { expected: 'needs_human_review' },
  refusal: { expected: 'rejected', planted: ['refusal'] },
  silent: { expected: 'rejected', planted: ['no_assistant_turn'] },
  empty: { expected: 'rejected', planted: ['empty_answer'] },
} satisfies Record<string, Intent>;
type Kind = keyof typeof INTENTS;

const PROMPT = 'You are the night line of Tidewater Cycles. Safety first, then the ride. The counters open at 8 o’clock.';

/** The chat after hours: nobody labels it, so nothing of it may be accepted. Half of the times carry an offset. */
export function tellNightLine(seed: number): Stream {
  const random = createRandom(deriveSeed(seed, 'night-line'));
  const mint = createSecretMint(random);
  const nextTopic = cycle(random, NIGHT_TOPICS);
  const nextLeak = cycle(random, CUSTOMER_KINDS);
  const deck = dealDeck(random, { answered: 72, refusal: 3, silent: 2, empty: 2 });
  const records = deck.map((kind, nth) => tellTalk(kind, nth, nextTopic(), random, mint, nth % 3 === 0 ? nextLeak() : undefined));
  const days = layDays('night-line', records, {
    '2026-03-02': { style: { blankEvery: 5 } },
    '2026-03-04': { arrange: (told) => insertAt(told, 7, loneSurrogate(records[3] as Told), cutLine(records[5] as Told)) },
  });
  const about = 'Chats after hours, never labelled.';
  const files = [...days, layText('night-line/README.md', README)];
  return { name: 'night-line', adapter: 'openai-chat', about, paths: ['night-line/**/*'], files, secrets: mint.minted() };
}

function tellTalk(kind: Kind, nth: number, topic: NightTopic, random: Random, mint: SecretMint, leak?: CustomerKind): Told {
  const facts = drawFacts(random);
  const said = random.pick(topic.talks).map((line) => fill(line, facts));
  const [first, ...rest] = said as [string, ...string[]];
  const opening = leak === undefined ? first : `${first} ${customerSentence(leak, mint.mint(leak), random)}`;
  const messages: Turn[] = [
    { role: 'system', content: PROMPT },
    { role: 'user', content: `${opening}${random.pick(MOODS)}` },
    ...continueTalk(kind, rest, random),
  ];
  const parts = {
    id: `night-${String(nth + 1).padStart(3, '0')}`,
    taskId: `night/${topic.name}-${facts.booking}`,
    at: nightMoment(random),
    model: 'harbor-chat-2',
  };
  return tellChat({ ...parts, messages, place: 'top' }, alsoPlanted(INTENTS[kind], leak === undefined ? [] : [`personal:${leak}`]));
}

function continueTalk(kind: Kind, rest: readonly string[], random: Random): Turn[] {
  if (kind === 'refusal') return [{ role: 'assistant', content: random.pick(REFUSALS) }];
  if (kind === 'silent') return [];
  if (kind === 'empty') return [{ role: 'assistant', content: '' }];
  return rest.map((content, at) => ({ role: at % 2 === 0 ? 'assistant' : 'user', content }));
}

// Between 20:00 and 23:59 UTC; every second one written with the offset of the summer office, where it is another day already.
function nightMoment(random: Random): string {
  const hour = 20 + random.int(4);
  const clock = `${String(random.int(60)).padStart(2, '0')}:${String(random.int(60)).padStart(2, '0')}`;
  const day = random.int(STORY_DAYS.length);
  if (random.int(2) === 0) return `${STORY_DAYS[day]}T${hour}:${clock}Z`;
  const ahead = hour + 4;
  const local = ahead >= 24 ? `2026-03-0${3 + day}T${String(ahead - 24).padStart(2, '0')}` : `${STORY_DAYS[day]}T${ahead}`;
  return `${local}:${clock}+04:00`;
}

const MOODS = ['', '', '', ' 🌧️', ' Please hurry.', ' Merci d’avance!', ' It is dark here.'];

const README = `# Night line

Chats between 20:00 and midnight UTC. The night line has no shift lead, so nobody has labelled a single one:
they may be looked at, never trained on. This note is not a trace, and whoever reads the folder should ignore it.
`;
