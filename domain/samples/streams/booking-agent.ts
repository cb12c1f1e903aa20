import { createRandom, deriveSeed, type Random } from '../../shared/random.ts';
import { cutLastLine, cutLine, hugeNumber, tooDeep, withoutField } from '../broken-lines.ts';
import { alsoPlanted, tellChat, type Intent, type Turn } from '../chat-record.ts';
import { cycle, dealDeck } from '../deck.ts';
import { drawFacts, fill, type Facts } from '../facts.ts';
import { insertAt, layDays } from '../lay-days.ts';
import { momentWithin } from '../moments.ts';
import { createSecretMint, type SecretMint } from '../secret-mint.ts';
import type { Stream, Told } from '../telling.ts';
import { BOOKING_PROMPT, BOOKING_TOOLS, SCENARIOS, type Call, type Scenario } from '../texts/booking-scenarios.ts';
import { REFUSALS } from '../texts/refusals.ts';
import { askTool, callId, callTool } from '../tool-turns.ts';

// The reward is what a check of the booking database says after the talk.
const INTENTS = {
  right: { reward: 1, expected: 'accepted' },
  only_claims: { reward: 0, expected: 'rejected', planted: ['fluent_failure'] },
  mistaken: { reward: 0, expected: 'rejected', planted: ['fluent_failure'] },
  nearly: { reward: 0.75, expected: 'partially_accepted' },
  nearly_more: { reward: 0.9, expected: 'partially_accepted' },
  half: { reward: 0.5, expected: 'partially_accepted', planted: ['partial_at_the_limit'] },
  tied: { reward: 0.6, expected: 'partially_accepted', planted: ['tie'] },
  barely: { reward: 0.3, expected: 'rejected', planted: ['partial_below_the_limit'] },
  barely_not: { reward: 0.45, expected: 'rejected', planted: ['partial_below_the_limit'] },
  unanswered: { reward: 1, expected: 'accepted', planted: ['unanswered_tool_call'], sft: 'unanswered_tool_call' },
  orphan: { reward: 1, expected: 'accepted', planted: ['orphan_tool_result'], sft: 'orphan_tool_result' },
  refusal: { reward: 0, expected: 'rejected', planted: ['refusal'] },
  unscored: { expected: 'needs_human_review', planted: ['unlabelled'] },
} satisfies Record<string, Intent>;
type Kind = keyof typeof INTENTS;

const TASKS: readonly { readonly kinds: readonly Kind[]; readonly tasks: number }[] = [
  { kinds: ['right', 'only_claims'], tasks: 13 },
  { kinds: ['right', 'mistaken'], tasks: 10 },
  { kinds: ['right', 'nearly', 'barely'], tasks: 6 },
  { kinds: ['tied', 'tied'], tasks: 4 },
  { kinds: ['right'], tasks: 22 },
  { kinds: ['only_claims'], tasks: 6 },
  { kinds: ['nearly_more'], tasks: 4 },
  { kinds: ['half'], tasks: 4 },
  { kinds: ['barely_not'], tasks: 4 },
  { kinds: ['unanswered'], tasks: 3 },
  { kinds: ['orphan'], tasks: 1 },
  { kinds: ['refusal'], tasks: 2 },
  { kinds: ['unscored'], tasks: 3 },
];

/** The stream, and the talk that the agent handed over to the support desk, whose export holds it again. */
export interface BookingAgent extends Stream {
  readonly handedOver: Told;
}

/** An agent with tools changes bookings; a check of the database gives the reward. */
export function tellBookingAgent(seed: number): BookingAgent {
  const random = createRandom(deriveSeed(seed, 'booking-agent'));
  const mint = createSecretMint(random);
  const records = tellTasks(random, mint);
  const spare = (at: number) => records[at] as Told;
  const files = layDays('booking-agent', records, {
    '2026-03-02': { arrange: (told) => insertAt(told, 17, tooDeep(spare(40))) },
    '2026-03-03': { arrange: (told) => insertAt(told, 10, withoutField(spare(41), 'messages')) },
    '2026-03-04': { arrange: (told) => insertAt(insertAt(told, 21, hugeNumber(spare(42))), 14, { copyOf: told[6] as Told }) },
    // The export was stopped while it wrote the last line.
    '2026-03-05': { style: { openEnd: true }, arrange: (told) => [...insertAt(told, 8, cutLine(spare(43))), cutLastLine(spare(44))] },
  });
  const about = 'Tool-calling booking agent, rewarded by a check of the booking database.';
  const handedOver = records.find((record) => record.truth === 'reward 1' && record.day === '2026-03-04') as Told;
  return {
    name: 'booking-agent',
    adapter: 'openai-chat',
    about,
    paths: ['booking-agent/*.jsonl'],
    files,
    secrets: mint.minted(),
    handedOver,
  };
}

function tellTasks(random: Random, mint: SecretMint): Told[] {
  const nextScenario = cycle(random, SCENARIOS);
  const deck = dealDeck(random, Object.fromEntries(TASKS.map(({ kinds, tasks }) => [kinds.join('+'), tasks])));
  return deck.flatMap((kinds) => tellTask(nextScenario(), kinds.split('+') as Kind[], random, mint));
}

function tellTask(scenario: Scenario, kinds: readonly Kind[], random: Random, mint: SecretMint): Told[] {
  const facts = drawFacts(random);
  const ask: Turn = { role: 'user', content: fill(random.pick(scenario.asks), facts) };
  const isLeaky = random.int(3) === 0 && kinds.some((kind) => kind !== 'only_claims' && kind !== 'refusal');
  const contact = isLeaky
    ? { email: mint.mint('email'), phone: mint.mint('phone'), paid_with: mint.mint('card') }
    : { email: 'on file', phone: 'on file' };
  const lookup = {
    booking: facts.booking,
    customer: facts.handle,
    ...contact,
    bike: facts.bike,
    station: facts.station,
    total: facts.amount,
  };
  return kinds.map((kind, attempt) => {
    const opening = [{ role: 'system', content: BOOKING_PROMPT }, ask];
    const messages: Turn[] = [...opening, ...talk(kind, scenario, facts, lookup, random, attempt)];
    const sees = isLeaky && messages.some((turn) => turn.role === 'tool');
    const intent = alsoPlanted(INTENTS[kind], sees ? ['personal:email', 'personal:phone', 'personal:card'] : []);
    const parts = { id: `run-${random.int(0xffffff).toString(16).padStart(6, '0')}`, taskId: `booking/${facts.booking}-${scenario.name}` };
    return tellChat(
      { ...parts, at: momentWithin(random), model: 'mooring-agent-1', messages, tools: BOOKING_TOOLS, place: 'metadata' },
      intent,
    );
  });
}

function talk(kind: Kind, scenario: Scenario, facts: Facts, lookup: Record<string, string>, random: Random, attempt: number): Turn[] {
  const says = (template: string): Turn => ({ role: 'assistant', content: fill(template, facts) });
  const run = ({ tool, args, result }: Call) => callTool(random, tool, args, result);
  const seen = callTool(random, 'lookup_booking', { booking: facts.booking }, lookup);
  const calls = scenario.calls(facts);
  switch (kind) {
    case 'only_claims':
      return [says(scenario.mistakenDone)];
    case 'mistaken':
      return [...seen, ...run(scenario.mistaken(facts)), says(scenario.mistakenDone)];
    case 'nearly':
    case 'nearly_more':
    case 'half':
      return [...seen, ...run(calls.at(-1) as Call), says(scenario.nearly)];
    case 'tied':
      return [...seen, ...run(calls.at(-1) as Call), says(`${scenario.nearly} ${TIED_ENDINGS[attempt]}`)];
    case 'barely':
    case 'barely_not':
      return [...seen, says('I can see {booking} and I understand what you wish. A colleague will carry it out soon.')];
    case 'unanswered':
      return [...seen, ...calls.slice(0, -1).flatMap(run), leftOpen(calls.at(-1) as Call, random)];
    case 'orphan':
      return [
        ...seen,
        { role: 'tool', tool_call_id: callId(random), name: 'refund', content: '{"ok":true}' },
        says(random.pick(scenario.done)),
      ];
    case 'refusal':
      return [{ role: 'assistant', content: random.pick(REFUSALS) }];
    default:
      return [...seen, ...calls.flatMap(run), says(random.pick(scenario.done))];
  }
}

function leftOpen(call: Call, random: Random): Turn {
  return { ...askTool(callId(random), call.tool, call.args), content: 'I am carrying that out now.' };
}

const TIED_ENDINGS = ['Is there anything else?', 'Please write again if something is missing.'];
