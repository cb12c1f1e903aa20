import { generateChatCorpus } from '../../domain/samples/index.ts';
import { createRandom, deriveSeed, type Random } from '../../domain/shared/random.ts';

/** A document of a corpus with known copies. */
export interface KnownDocument {
  readonly text: string;
  /** Documents with the same number are copies of one original; the original's own index. */
  readonly original: number;
  readonly kind: 'original' | 'exact' | 'near';
}

export interface CopyCorpusOptions {
  readonly seed: number;
  readonly documents: number;
  /** Where the originals come from. */
  readonly from: (seed: number, count: number) => string[];
  /** Share of the words of a near copy that is replaced. */
  readonly replaced?: number;
}

const EXACT_SHARE = 0.05;
const NEAR_SHARE = 0.1;

/** Documents of which 5 % repeat an original exactly and 10 % with some of its words replaced, in mixed order. Truth by construction. */
export function makeCopyCorpus({ seed, documents, from, replaced = 0.05 }: CopyCorpusOptions): KnownDocument[] {
  const random = createRandom(deriveSeed(seed, 'near-copies'));
  const exact = Math.round(documents * EXACT_SHARE);
  const near = Math.round(documents * NEAR_SHARE);
  const originals = from(seed, documents - exact - near);
  const first = new Map<string, number>();
  const known: KnownDocument[] = originals.map((text, index) => {
    // Generated corpora repeat themselves: equal texts are one original.
    if (!first.has(text)) first.set(text, index);
    return { text, original: first.get(text)!, kind: 'original' };
  });
  const copyOf = (kind: 'exact' | 'near'): KnownDocument => {
    const { text, original } = known[random.int(originals.length)]!;
    return { text: kind === 'exact' ? text : replaceWords(random, text, replaced), original, kind };
  };
  for (let nth = 0; nth < exact; nth += 1) known.push(copyOf('exact'));
  for (let nth = 0; nth < near; nth += 1) known.push(copyOf('near'));
  return random.shuffle(known);
}

/** The text with a share of its words, rounded, replaced by other words at random places; line breaks and spaces stay. */
export function replaceWords(random: Random, text: string, share: number): string {
  const parts = text.split(/(\s+)/);
  const places = parts.flatMap((part, index) => (/\S/.test(part) ? [index] : []));
  const chosen = random.shuffle(places).slice(0, Math.max(1, Math.round(places.length * share)));
  for (const place of chosen) {
    let word = random.pick(REPLACEMENTS);
    while (word === parts[place]) word = random.pick(REPLACEMENTS);
    parts[place] = word;
  }
  return parts.join('');
}

/** Texts of the made chats, user and assistant turns: put together from a few dozen sentences with numbers in them, the hardest case for precision. */
export function deskChats(seed: number, count: number): string[] {
  return Array.from(generateChatCorpus({ seed, records: count }), (line) => {
    const { messages } = JSON.parse(line) as { messages: { role: string; content: string }[] };
    return messages
      .filter(({ role }) => role !== 'system')
      .map(({ content }) => content)
      .join('\n');
  });
}

/** Prose of about 1 KB from an invented vocabulary in which few words are frequent and most are rare. */
export function inventedProse(seed: number, count: number): string[] {
  const random = createRandom(deriveSeed(seed, 'prose'));
  return Array.from({ length: count }, () => {
    const words = Array.from({ length: 130 + random.int(60) }, () => VOCABULARY[Math.floor(VOCABULARY.length ** random.next()) - 1]!);
    return words.map((word, index) => (index % 14 === 13 ? `${word}.` : word)).join(' ');
  });
}

/** Tickets of one form: a long text that all of them share, with two names, a part and a remark of their own, and no number in it. */
export function formTickets(seed: number, count: number): string[] {
  const random = createRandom(deriveSeed(seed, 'tickets'));
  const word = (): string => VOCABULARY[200 + random.int(VOCABULARY.length - 200)]!;
  return Array.from(
    { length: count },
    () =>
      `Ticket of the workshop. The customer ${word()} ${word()} brought a bike to the counter at the harbor and asked for help. The mechanic on duty looked ` +
      `at the ${word()} and wrote: ${word()} ${word()} ${word()}. ${FORM}`,
  );
}

const FORM =
  'Before the bike goes back to the rack, the team washes the frame, oils the chain, checks both brakes and both lamps, looks for loose spokes, ' +
  'pumps the tyres and takes a short ride around the yard. The customer signs for the work and gets a copy of this form by mail. Wear is free of charge, ' +
  'damage is charged by the price list that hangs at the counter, and nobody pays for a repair that was not agreed on before. Questions about this ' +
  'ticket go to the desk of the workshop, which answers within two working days, and complaints go to the head of the station.';

const SYLLABLES = [
  'ba',
  'cor',
  'den',
  'fil',
  'gra',
  'hol',
  'im',
  'jo',
  'kel',
  'lur',
  'mon',
  'nex',
  'or',
  'pal',
  'quin',
  'ros',
  'sti',
  'tam',
  'ver',
  'zo',
];

/** Invented words of two or three syllables, all different. */
const VOCABULARY: readonly string[] = SYLLABLES.flatMap((first) =>
  SYLLABLES.flatMap((second) => [`${first}${second}`, ...SYLLABLES.map((third) => `${first}${second}${third}`)]),
);

const REPLACEMENTS: readonly string[] = [
  ...'the of and to in is you that it for on are with as they be at this have from or one had by words but not what all were'.split(' '),
  ...VOCABULARY.slice(0, 4000),
];
