import type { ContradictionEnd } from '../../schemas/contradiction-report.ts';
import { compareCodePoints } from '../shared/code-point-order.ts';
import { filterByDates } from './date-filter.ts';
import { pageKeyOf, pairId, pairOfChunks, type CandidatePair } from './pair.ts';
import { readDates } from './read-dates.ts';

/** A passage of the collection. */
export type EntityPassage = ContradictionEnd;

/** Two passages that say something of the same kind about the same thing. */
export interface EntityPair {
  readonly entity: string;
  readonly attribute: string;
  readonly pair: CandidatePair;
}

/** Pairs of a collection, with what was left out of them. */
export interface EntityPairs {
  /** At most `maxPairs`, those of the rarest names first. */
  readonly pairs: EntityPair[];
  /** All that share a name and an attribute, before the bound and without those whose dates lie apart. */
  readonly found: number;
  readonly skippedByDate: number;
}

/** Names that more passages share say too little: everybody knows everybody's colleagues. */
const MOST_PASSAGES = 24;

/** Pairs passages of different pages that name the same thing and say a figure, a share, a role, a stage or a date of it; rare names come first. */
export function entityPairs(passages: readonly EntityPassage[], maxPairs: number): EntityPairs {
  const pairs = new Map<string, EntityPair>();
  for (const { entity, attribute, members } of sharedKeys(passages)) {
    members.forEach((one, at) => {
      for (const other of members.slice(at + 1)) {
        if (pageKeyOf(one) === pageKeyOf(other) || one.text === other.text) continue;
        const pair = pairOfChunks(one, other, 1 / members.length);
        if (!pairs.has(pairId(pair))) pairs.set(pairId(pair), { entity, attribute, pair });
      }
    });
  }
  const kept = [...pairs.values()].filter(({ pair: { a, b } }) => filterByDates(a, b).decision === 'keep');
  return { pairs: kept.slice(0, maxPairs), found: kept.length, skippedByDate: pairs.size - kept.length };
}

interface SharedKey {
  readonly entity: string;
  readonly attribute: string;
  readonly members: readonly EntityPassage[];
}

function sharedKeys(passages: readonly EntityPassage[]): SharedKey[] {
  const common = wordsInLowerCase(passages);
  const groups = new Map<string, { entity: string; attribute: string; members: EntityPassage[] }>();
  for (const passage of passages) {
    const attributes = attributesOf(passage.text);
    for (const entity of namesIn(passage.text, common))
      for (const attribute of attributes) {
        const key = `${entity}\n${attribute}`;
        const group = groups.get(key) ?? { entity, attribute, members: [] };
        groups.set(key, group);
        group.members.push(passage);
      }
  }
  return [...groups.values()]
    .filter(({ members }) => members.length > 1 && members.length <= MOST_PASSAGES)
    .sort(
      (left, right) =>
        left.members.length - right.members.length ||
        compareCodePoints(left.entity, right.entity) ||
        compareCodePoints(left.attribute, right.attribute),
    );
}

const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  share: /\d\s?%/,
  amount: /[$€£]\s?\d/,
  role: /\b(?:CEO|CTO|CFO|COO|chair(?:man|woman)?|partner|founder|heads?|leads?|leading|led)\b/,
  stage: /\b(?:pre-seed|seed|series [a-e]|round)\b/i,
};

function attributesOf(text: string): string[] {
  const found = Object.entries(ATTRIBUTES).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
  return readDates(text).length > 0 ? [...found, 'date'] : found;
}

const CAPITALISED = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}&'’-]*(?: \p{Lu}[\p{L}\p{N}&'’-]*){0,3}/gu;
const LEAST_LENGTH = 4;

/** Names as they stand in a text, in small letters, and the first word of a name of several: people leave the rest out. */
function namesIn(text: string, common: ReadonlySet<string>): Set<string> {
  const plain = text.replaceAll(/\[([^[\]]*)\]\([^()]*\)/g, '$1');
  const names = new Set<string>();
  for (const [found] of plain.matchAll(CAPITALISED)) {
    const words = found.toLowerCase().split(' ');
    // The first word of a sentence is no part of a name that follows it.
    while (words.length > 0 && common.has(words[0]!)) words.shift();
    const [head] = words;
    if (head === undefined || head.length < LEAST_LENGTH) continue;
    names.add(words.join(' '));
    names.add(head);
  }
  return names;
}

/** Words that somewhere stand in small letters are no names. */
function wordsInLowerCase(passages: readonly EntityPassage[]): Set<string> {
  const words = new Set<string>();
  for (const { text } of passages)
    for (const [word] of text.replaceAll(/\]\([^()]*\)/g, ']').matchAll(/(?<![\p{L}\p{N}/-])\p{Ll}[\p{L}'’]*/gu))
      words.add(word.toLowerCase());
  return words;
}
