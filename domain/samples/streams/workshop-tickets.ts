import { createRandom, deriveSeed, type Random } from '../../shared/random.ts';
import { cutLine, tooDeep } from '../broken-lines.ts';
import { cycle, dealDeck } from '../deck.ts';
import { drawFacts, fill, type Facts } from '../facts.ts';
import { insertAt } from '../lay-days.ts';
import { layLines } from '../lay-files.ts';
import { dayOf, momentWithin } from '../moments.ts';
import { createSecretMint, type SecretMint } from '../secret-mint.ts';
import { customerSentence } from '../secret-sentences.ts';
import type { Broken, Stream, Telling, Told } from '../telling.ts';
import { REFUSALS } from '../texts/refusals.ts';
import { WORKSHOP_JOBS, type WorkshopJob } from '../texts/workshop-jobs.ts';

interface Outcome {
  readonly foreman?: 'ok' | 'redo' | 'almost';
  readonly rideTest?: boolean;
  readonly telling: Pick<Telling, 'expected' | 'planted'>;
}

// The foreman judges the advice, the ride test the bike after the work: two sources of truth that may differ.
const OUTCOMES = {
  both_good: { foreman: 'ok', rideTest: true, telling: { expected: 'accepted' } },
  rides: { rideTest: true, telling: { expected: 'accepted' } },
  both_bad: { foreman: 'redo', rideTest: false, telling: { expected: 'rejected', planted: ['fluent_failure'] } },
  fails: { rideTest: false, telling: { expected: 'rejected', planted: ['fluent_failure'] } },
  liked_but_fails: { foreman: 'ok', rideTest: false, telling: { expected: 'needs_human_review', planted: ['label_against_tests'] } },
  redone_but_rides: { foreman: 'redo', rideTest: true, telling: { expected: 'needs_human_review', planted: ['label_against_tests'] } },
  almost: { foreman: 'almost', telling: { expected: 'partially_accepted' } },
  unknown: { telling: { expected: 'needs_human_review', planted: ['unlabelled'] } },
  refusal: { foreman: 'redo', rideTest: false, telling: { expected: 'rejected', planted: ['refusal'] } },
  echo: { rideTest: true, telling: { expected: 'rejected', planted: ['echo'] } },
  empty: { rideTest: true, telling: { expected: 'rejected', planted: ['empty_answer'] } },
} satisfies Record<string, Outcome>;
type OutcomeName = keyof typeof OUTCOMES;

const TASKS: readonly { readonly names: readonly OutcomeName[]; readonly tasks: number }[] = [
  { names: ['both_good', 'both_bad'], tasks: 10 },
  { names: ['rides', 'almost', 'fails'], tasks: 5 },
  { names: ['both_good'], tasks: 14 },
  { names: ['rides'], tasks: 8 },
  { names: ['fails'], tasks: 6 },
  { names: ['liked_but_fails'], tasks: 6 },
  { names: ['redone_but_rides'], tasks: 3 },
  { names: ['almost'], tasks: 4 },
  { names: ['unknown'], tasks: 6 },
  { names: ['refusal'], tasks: 2 },
  { names: ['echo'], tasks: 1 },
  { names: ['empty'], tasks: 2 },
];

const OPTIONS = {
  layout: 'lines',
  fields: {
    id: 'ticket',
    task_id: 'job',
    created_at: '/opened',
    prompt: 'complaint.words',
    response: 'advice.words',
    model: 'advice.by',
    label: 'foreman?',
    passed: 'ride_test.passed?',
  },
  label_map: { ok: 'accepted', redo: 'rejected', almost: 'partial' },
};

/** The workshop's own ticket format, read by field paths; foreman and ride test may contradict each other. */
export function tellWorkshopTickets(seed: number): Stream {
  const random = createRandom(deriveSeed(seed, 'workshop-tickets'));
  const mint = createSecretMint(random);
  const nextJob = cycle(random, WORKSHOP_JOBS);
  const deck = dealDeck(random, Object.fromEntries(TASKS.map(({ names, tasks }) => [names.join('+'), tasks])));
  const records = deck.flatMap((names, nth) =>
    tellJob(`job-${1000 + nth * 3}`, nextJob(), names.split('+') as OutcomeName[], random, mint, nth % 6 === 4),
  );
  const broken = insertAt(
    insertAt(records, 60, tooDeep(records[12] as Told), cutLine(records[13] as Told)),
    31,
    withoutWords(records[14] as Told),
  );
  const entries = insertAt(insertAt(broken, 50, { copyOf: records[21] as Told }), 74, { copyOf: records[5] as Told, reordered: true });
  const files = [layLines('workshop-tickets/tickets.jsonl', entries, { blankEvery: 25 })];
  const about = 'Workshop tickets in a format of the company’s own, mapped by field paths.';
  return {
    name: 'workshop-tickets',
    adapter: 'mapped',
    about,
    paths: ['workshop-tickets/*.jsonl'],
    options: OPTIONS,
    files,
    secrets: mint.minted(),
  };
}

function tellJob(
  job: string,
  kind: WorkshopJob,
  names: readonly OutcomeName[],
  random: Random,
  mint: SecretMint,
  isLeaky: boolean,
): Told[] {
  const facts = drawFacts(random);
  const leak = isLeaky ? random.pick(['email', 'phone', 'iban'] as const) : undefined;
  const complaint =
    fill(random.pick(kind.complaints), facts) + (leak === undefined ? '' : ` ${customerSentence(leak, mint.mint(leak), random)}`);
  return names.map((name) => {
    const { foreman, rideTest, telling } = OUTCOMES[name] as Outcome;
    const opened = momentWithin(random);
    const value = {
      ticket: `WS-${random.int(90000) + 10000}`,
      job,
      opened,
      shop: facts.station,
      complaint: { bike: facts.bike_number, words: complaint },
      advice: { by: random.pick(['bench-agent-1', 'bench-agent-2']), words: adviceOf(name, kind, facts, complaint, random) },
      foreman: foreman ?? null,
      ride_test: rideTest === undefined ? null : { passed: rideTest },
    };
    const planted = [...(telling.planted ?? []), ...(leak === undefined ? [] : [`personal:${leak}`])];
    return { ...telling, planted, truth: truthWords(foreman, rideTest), task: job, day: dayOf(opened), value };
  });
}

function adviceOf(name: OutcomeName, kind: WorkshopJob, facts: Facts, complaint: string, random: Random): string {
  const start = random.pick(['', '', `For ${facts.bike_number}: `, 'Bench note. ', `${facts.bike}, seen at ${facts.station}. `]);
  switch (name) {
    case 'both_bad':
    case 'fails':
    case 'liked_but_fails':
      return start + kind.wrong;
    case 'almost':
      return start + kind.half;
    case 'refusal':
      return random.pick(REFUSALS);
    case 'echo':
      return complaint;
    case 'empty':
      return '';
    default:
      return start + random.pick(kind.good);
  }
}

function truthWords(foreman: string | undefined, rideTest: boolean | undefined): string {
  const words: string[] = [];
  if (foreman !== undefined) words.push(`foreman ${foreman}`);
  if (rideTest !== undefined) words.push(rideTest ? 'ride test passed' : 'ride test failed');
  return words.length === 0 ? 'none' : words.join(', ');
}

/** The ticket with the mapped path `complaint.words` leading nowhere. */
function withoutWords(told: Told): Broken {
  return {
    raw: JSON.stringify({ ...told.value, complaint: { bike: 'unknown' } }),
    quarantine: 'missing_field',
    planted: ['missing_field'],
  };
}
