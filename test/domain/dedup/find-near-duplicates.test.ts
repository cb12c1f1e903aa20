import { describe, expect, it } from 'vitest';
import {
  DEDUP_DEFAULTS,
  findNearDuplicates,
  keepBest,
  signatureOf,
  SignatureStore,
  type DedupSettings,
  type NearDuplicates,
} from '../../../domain/dedup/index.ts';
import { createRandom } from '../../../domain/shared/random.ts';
import { deskChats, formTickets, inventedProse, makeCopyCorpus, replaceWords, type KnownDocument } from '../../support/near-copies.ts';

function find(texts: readonly string[], settings: Partial<DedupSettings> = {}): NearDuplicates {
  const store = new SignatureStore();
  for (const text of texts) store.add(signatureOf(text));
  return findNearDuplicates(store, { ...DEDUP_DEFAULTS, ...settings });
}

/** Share of the planted near copies in the cluster of their original, and share of the links that join documents of one original. */
function measure(documents: readonly KnownDocument[], found: NearDuplicates): { recall: number; precision: number; exact: number } {
  const home = new Map<number, number>();
  for (const [index, { kind, original }] of documents.entries()) if (kind === 'original') home.set(original, found.roots[index]!);
  const shareFound = (kind: KnownDocument['kind']): number => {
    const copies = documents.flatMap((document, index) => (document.kind === kind ? [index] : []));
    return copies.filter((index) => home.get(documents[index]!.original) === found.roots[index]).length / copies.length;
  };
  let right = 0;
  for (let at = 0; at < found.links.length; at += 2)
    if (documents[found.links[at]!]!.original === documents[found.links[at + 1]!]!.original) right += 1;
  return { recall: shareFound('near'), exact: shareFound('exact'), precision: right / (found.links.length / 2) };
}

describe('near copies in a corpus with known ones', () => {
  it.each([
    ['chats put together from the same sentences', deskChats, 20_000],
    ['prose', inventedProse, 10_000],
    ['tickets of one form', formTickets, 4000],
  ])('are found among %s, and nothing else is', (_, from, count) => {
    const documents = makeCopyCorpus({ seed: 11, documents: count, from });
    const found = find(documents.map(({ text }) => text));
    const { recall, exact, precision } = measure(documents, found);
    expect(exact).toBe(1);
    expect(recall).toBeGreaterThanOrEqual(0.98);
    expect(precision).toBeGreaterThanOrEqual(0.999);
    const kept = keepBest(found, (left, right) => left - right);
    const dropped = documents.flatMap((__, index) => (kept[index] === index ? [] : [index]));
    const planted = count - new Set(documents.map(({ original }) => original)).size;
    expect(dropped.length / planted).toBeGreaterThanOrEqual(0.98);
    expect(dropped.filter((index) => documents[kept[index]!]!.original !== documents[index]!.original).length).toBeLessThanOrEqual(
      dropped.length / 1000,
    );
  });

  it('are missed where half of the words were replaced: the measure can fail', () => {
    const documents = makeCopyCorpus({ seed: 11, documents: 1000, from: inventedProse, replaced: 0.5 });
    expect(measure(documents, find(documents.map(({ text }) => text))).recall).toBeLessThan(0.05);
  });

  it('are found among texts of several hundred words that begin alike', () => {
    const preamble = inventedProse(77, 3).join(' ');
    const own = (seed: number, count: number): string[] => inventedProse(seed, count).map((text) => `${preamble} ${text}`);
    const documents = makeCopyCorpus({ seed: 5, documents: 1000, from: own });
    const { recall, precision } = measure(documents, find(documents.map(({ text }) => text)));
    expect(recall).toBeGreaterThanOrEqual(0.98);
    expect(precision).toBe(1);
  });

  it('are found where one text was copied hundreds of times, in linear time', () => {
    const random = createRandom(4);
    const texts = inventedProse(6, 3).flatMap((text) => [text, ...Array.from({ length: 1000 }, () => replaceWords(random, text, 0.05))]);
    const found = find(texts);
    const together = texts.filter((_, index) => found.roots[index] === found.roots[Math.floor(index / 1001) * 1001]);
    expect(together.length / texts.length).toBeGreaterThanOrEqual(0.98);
    expect(found.compared).toBeLessThanOrEqual(8 * DEDUP_DEFAULTS.near_duplicate_bands * texts.length);
    expect(new Set(keepBest(found, (left, right) => left - right)).size).toBeLessThan(60);
  });
});

describe('what is a copy', () => {
  const ticket = (name: string, problem: string): string =>
    `Thank you for writing to the support desk of the harbor station. Customer ${name} reports the following: ${problem} Our house rules say that wear is free ` +
    'of charge and that damage is charged by the list at the counter. A mechanic looks at the bike within two working days and writes to the customer before ' +
    'any work begins. Please leave the bike locked at the dock and keep the key until then.';

  it('a text that differs in case, line breaks and punctuation alone is the same text', () => {
    const found = find(['Turn left at the dock.', 'turn LEFT,\nat the "dock"', 'Turn right at the dock.']);
    expect([...found.twins]).toEqual([0, 0, 2]);
    expect([...found.roots]).toEqual([0, 0, 2]);
  });

  it('short texts are copies only when they say the same', () => {
    const question = 'What does it cost to keep the city bike for one more hour on a Sunday?';
    expect([...find([question, question.replace('Sunday', 'Monday')]).roots]).toEqual([0, 1]);
  });

  it('two tickets of one form are none, once the form is seen often enough to be known', () => {
    const parts = ['lamp', 'chain', 'saddle', 'bell', 'brake', 'pedal', 'tyre', 'basket', 'lock', 'frame'];
    const flaws = ['is bent.', 'makes a noise.', 'fell off.', 'is gone.', 'does not move.'];
    const tickets = parts.flatMap((part, row) =>
      flaws.map((flaw, column) => ticket(`Berth ${'ABCDEFGHIJ'[row]}${'VWXYZ'[column]}`, `the ${part} ${flaw}`)),
    );
    expect(find(tickets).links).toHaveLength(0);
    const [first] = tickets as [string];
    const edited = first.replace('Thank you', 'Thanks').replace('looks at', 'checks').replace('before any', 'prior to any');
    expect([...find([...tickets, edited]).links]).toEqual([0, 50]);
  });

  it('two texts with other numbers throughout are none, even when there are but two of them', () => {
    const invoice = (numbers: readonly [number, number, number]): string =>
      `We charged ${numbers[0]} dollars for the weekend with the city bike, which was booked for ${numbers[1]} hours and came back ${numbers[2]} minutes late. ` +
      'The fee for being late was waived because the ferry did not run, so there is nothing left to pay.';
    expect(find([invoice([45, 48, 20]), invoice([60, 72, 35])]).links).toHaveLength(0);
    expect(find([invoice([45, 48, 20]), invoice([45, 48, 20]).replace('waived', 'dropped')]).links).toHaveLength(2);
  });

  it('the same text in a script without spaces is found over an edit', () => {
    const text = '自転車の返却が遅れた場合は最初の十五分間は無料ですがその後は三十分ごとに料金がかかります。詳しくは窓口でお尋ねください。';
    expect([
      ...find([
        text,
        text.replace('窓口', '受付'),
        '電池の交換は各駅で無料で行っています。充電済みの電池がない場合は次の駅まで歩いてください。',
      ]).roots,
    ]).toEqual([0, 0, 2]);
  });

  it('empty texts are one text, and a corpus of none has no copies', () => {
    expect([...find(['', ' \n']).roots]).toEqual([0, 0]);
    expect(find([]).roots).toHaveLength(0);
  });
});

describe('the result', () => {
  const documents = makeCopyCorpus({ seed: 3, documents: 3000, from: formTickets });
  const texts = documents.map(({ text }) => text);

  /** Pairs of texts that are linked, whatever their places are. */
  function linkedTexts(order: readonly number[]): string[] {
    const { links } = find(order.map((index) => texts[index]!));
    const pairs: string[] = [];
    for (let at = 0; at < links.length; at += 2) pairs.push([texts[order[links[at]!]!]!, texts[order[links[at + 1]!]!]!].sort().join('\n'));
    return pairs.sort();
  }

  it('does not depend on the order of the documents', () => {
    const order = texts.map((_, index) => index);
    const first = linkedTexts(order);
    expect(first.length).toBeGreaterThan(300);
    expect(linkedTexts(createRandom(8).shuffle(order))).toEqual(first);
  });

  it('does not depend on how often a text stands in the corpus', () => {
    const once = find(texts);
    const twice = find([...texts, ...texts]);
    expect([...twice.links]).toEqual([...once.links]);
    expect([...twice.roots]).toEqual([...once.roots, ...once.roots]);
  });

  it('follows the threshold', () => {
    const [text] = inventedProse(21, 1) as [string];
    const near = replaceWords(createRandom(1), text, 0.05);
    expect(find([text, near], { near_duplicate_threshold: 0.6 }).links).toHaveLength(2);
    // 5 % of the words replaced leave 0.82 of the pairs in common.
    expect(find([text, near], { near_duplicate_threshold: 0.95 }).links).toHaveLength(0);
  });
});
