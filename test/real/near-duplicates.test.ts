import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEDUP_DEFAULTS, findNearDuplicates, signatureOf, SignatureStore } from '../../domain/dedup/index.ts';
import { createRandom } from '../../domain/shared/random.ts';
import { replaceWords } from '../support/near-copies.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const CHATS = join(DATA, 'longmemeval/longmemeval_oracle.json');
const REVIEWS = join(DATA, 'review-aacr-bench/positive_samples.json');
const isPresent = existsSync(CHATS) && existsSync(REVIEWS);
if (!isPresent) console.log('skipped: real data not present');

/** 5 % of fewer words are less than one word. */
const LEAST_WORDS = 20;

describe.skipIf(!isPresent)('real texts, each with a copy in which a known share of the words was replaced', () => {
  const sessions = isPresent ? readSessions() : [];
  const sets: Readonly<Record<string, string[]>> = {
    'turns of chats': distinct(sessions.flat()),
    'whole chats': distinct(sessions.map((turns) => turns.join('\n'))),
    'review comments': distinct(isPresent ? collectNotes(JSON.parse(readFileSync(REVIEWS, 'utf8'))) : []),
  };

  it.each(Object.keys(sets).flatMap((name) => [0.02, 0.05].map((share) => [name, share] as const)))('%s, %d replaced', (name, share) => {
    const texts = sets[name]!;
    const random = createRandom(3);
    const store = new SignatureStore();
    for (const text of [...texts, ...texts.map((each) => replaceWords(random, each, share))]) store.add(signatureOf(text));
    const { roots, links } = findNearDuplicates(store, DEDUP_DEFAULTS);
    const found = texts.filter((_, index) => roots[index] === roots[index + texts.length]).length;
    expect(found / texts.length).toBeGreaterThanOrEqual(0.98);
    // The collections hold near copies of their own; whether two originals are that is told by their longest common subsequence of words.
    const [strangers, total] = countStrangers(texts, links);
    console.log(`${name}, ${share}: ${found} of ${texts.length} found, ${strangers} of ${total} links between texts that are no copies`);
    expect(strangers).toBeLessThanOrEqual(total / 1000);
  });

  it('has a check of its own that can fail', () => {
    const [one, other] = sets['turns of chats'] as [string, string];
    expect(countStrangers([one, other], Uint32Array.of(0, 1))).toEqual([1, 1]);
    expect(countStrangers([one, one], Uint32Array.of(0, 1))).toEqual([0, 1]);
  });
});

function readSessions(): string[][] {
  const questions = JSON.parse(readFileSync(CHATS, 'utf8')) as { haystack_sessions: { content: string }[][] }[];
  return questions.flatMap(({ haystack_sessions: sessions }) => sessions.map((turns) => turns.map(({ content }) => content)));
}

function collectNotes(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(collectNotes);
  return 'note' in value && typeof value.note === 'string' ? [value.note, ...below] : below;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Map(texts.map((text) => [wordsOf(text).join(' '), text])).values()].filter((text) => wordsOf(text).length >= LEAST_WORDS);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Links between texts that have less than 70 % of their words in common in order, and links at all. Copies stand behind the texts in the store. */
function countStrangers(texts: readonly string[], links: Uint32Array): [strangers: number, total: number] {
  let strangers = 0;
  for (let at = 0; at < links.length; at += 2) {
    const [left, right] = [links[at]! % texts.length, links[at + 1]! % texts.length];
    if (left !== right && shareInOrder(wordsOf(texts[left]!), wordsOf(texts[right]!)) < 0.7) strangers += 1;
  }
  return [strangers, links.length / 2];
}

/** Length of the longest common subsequence, as a share of the mean length. */
function shareInOrder(left: readonly string[], right: readonly string[]): number {
  let row = new Uint32Array(right.length + 1);
  for (const word of left) {
    const next = new Uint32Array(right.length + 1);
    for (let at = 0; at < right.length; at += 1) next[at + 1] = right[at] === word ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!);
    row = next;
  }
  return (2 * row[right.length]!) / (left.length + right.length);
}
