import { cut, isBlank } from '../shared/text.ts';
import { dataNotice, fence } from '../fencing/index.ts';
import { scrubQuery } from '../scrub/index.ts';
import { wordsOf } from './analyze.ts';

/** Shorter queries say too little to be worded anew. */
const LEAST_WORDS = 3;
const MOST_ALTERNATES = 2;
const LONGEST_ALTERNATE = 500;

/** What an alternate counts beside the query itself. */
export const ALTERNATE_WEIGHT = 0.5;

/** True for a query that is long enough to be worded anew. */
export function canExpand(query: string): boolean {
  return wordsOf(query).length >= LEAST_WORDS;
}

/** What a model is asked for other wordings of a query. The query goes without personal data and secrets, and as data. */
export function expansionMessages(query: string): { readonly role: 'system' | 'user'; readonly content: string }[] {
  const { block } = fence({ tag: 'passage', attributes: {}, text: scrubQuery(query).text, cap: LONGEST_ALTERNATE });
  const task =
    'A person searches a collection of notes. Word the search anew, in other words that the notes may use, without adding anything that was not asked.';
  const form = `Reply with JSON alone: a list of at most ${MOST_ALTERNATES} texts, such as ["one wording", "another wording"].`;
  return [
    { role: 'system', content: [task, dataNotice('passage'), form].join(' ') },
    { role: 'user', content: block },
  ];
}

/**
 * Other wordings of a query in what a model wrote: the texts of its last complete JSON list, at most two, at most 500 characters each, without those that say
 * the same as the query or each other. Null for an answer without such a list.
 */
export function readAlternates(reply: string, query: string): string[] | null {
  const list = lastList(reply);
  if (list === undefined) return null;
  const seen = new Set([sameness(query)]);
  const alternates: string[] = [];
  for (const text of list) {
    if (typeof text !== 'string' || isBlank(text) || seen.has(sameness(text))) continue;
    seen.add(sameness(text));
    alternates.push(cut(text.trim(), LONGEST_ALTERNATE));
  }
  return alternates.slice(0, MOST_ALTERNATES);
}

function sameness(text: string): string {
  return wordsOf(text).join(' ');
}

function lastList(reply: string): unknown[] | undefined {
  const end = reply.lastIndexOf(']');
  // A list of texts holds no list: the last bracket that opens before it is its own.
  for (let start = reply.lastIndexOf('[', end); start >= 0; start = start === 0 ? -1 : reply.lastIndexOf('[', start - 1)) {
    const value = parsed(reply.slice(start, end + 1));
    if (Array.isArray(value)) return value;
    if (end - start > MOST_LOOKED_AT) return undefined;
  }
  return undefined;
}

const MOST_LOOKED_AT = 4_000;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
