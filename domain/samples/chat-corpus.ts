import { createRandom, deriveSeed, type Random } from '../shared/random.ts';
import { createSecretMint } from './secret-mint.ts';
import { CORPUS_ANSWERS, CORPUS_CONTEXTS, CORPUS_QUESTIONS, type Phrase } from './texts/corpus-phrases.ts';

export interface ChatCorpusOptions {
  readonly seed: number;
  readonly records: number;
  /** Index of the first line; lines from here on are the same whatever stands before them. */
  readonly from?: number;
}

/**
 * Lines of a chat file (openai-chat, about 960 bytes each, without line end) for runs of any size. Line `i` depends on the seed and on `i` alone,
 * so that a longer corpus is an append. 2 % repeat an earlier line exactly, 5 % of the tasks have a second attempt, 1 % hold something to redact;
 * 500,000 lines cover ten days.
 */
export function* generateChatCorpus({ seed, records, from = 0 }: ChatCorpusOptions): Iterable<string> {
  const base = deriveSeed(seed, 'chat-corpus');
  for (let index = from; index < from + records; index += 1) yield writeLine(base, originalOf(base, index));
}

const START_MS = Date.UTC(2026, 1, 20);
const STEP_MS = 1728;
const COPY_EVERY = 50;
const RETRY_EVERY = 21;
const LOOK_BACK = 400;

/** The line itself, or the earlier one that it repeats. */
function originalOf(base: number, index: number): number {
  let at = index;
  while (at > 0 && mix(base, at) % COPY_EVERY === 0) at -= 1 + (mix(base + 1, at) % Math.min(at, LOOK_BACK));
  return at;
}

/** The first attempt at the task of a line: itself unless it is a second attempt. */
function firstAttemptOf(base: number, index: number): number {
  let at = index;
  while (at > 0 && mix(base + 2, at) % RETRY_EVERY === 0) at = originalOf(base, at - 1 - (mix(base + 3, at) % Math.min(at, LOOK_BACK)));
  return at;
}

// Written as text and not through JSON.stringify, because speed tests make a million of these lines.
function writeLine(base: number, index: number): string {
  const first = firstAttemptOf(base, index);
  const asking = createRandom(mix(base + 4, first));
  const answering = createRandom(mix(base + 5, index));
  const question = `${say(asking, CORPUS_QUESTIONS)} ${say(asking, CORPUS_CONTEXTS)} ${say(asking, CORPUS_CONTEXTS)}${leak(asking)}`;
  const at = new Date(START_MS + index * STEP_MS).toISOString();
  return (
    `{"id":"chat-${index}","task_id":"corpus/${first}","created_at":"${at}","model":"harbor-chat-2",${truth(answering)}` +
    `"usage":{"prompt_tokens":${60 + asking.int(40)},"completion_tokens":${80 + answering.int(60)}},"messages":[{"role":"system","content":"${SYSTEM}"},` +
    `{"role":"user","content":"${question}"},{"role":"assistant","content":"${answer(answering)}"}]}`
  );
}

const SYSTEM = 'You are the support desk of Tidewater Cycles. Keep to the house rules and name exact fees.';

function answer(random: Random): string {
  let text = say(random, CORPUS_ANSWERS);
  for (let nth = 0; nth < 4 + random.int(3); nth += 1) text += ` ${say(random, CORPUS_ANSWERS)}`;
  return text;
}

function say(random: Random, phrases: readonly Phrase[]): string {
  const [before, after] = random.pick(phrases);
  return `${before}${random.int(95) + 2}${after}`;
}

function leak(random: Random): string {
  const roll = random.int(200);
  if (roll === 0) return ` Please write to ${createSecretMint(random).mint('email')}.`;
  return roll === 1 ? ` My token was ${createSecretMint(random).mint('github_token')} before.` : '';
}

/** A label, a reward or nothing, with its comma. */
function truth(random: Random): string {
  const roll = random.int(100);
  if (roll < 45) return '"label":"accepted",';
  if (roll < 65) return '"label":"rejected",';
  if (roll < 70) return '"label":"partial",';
  if (roll < 80) return '"reward":1,';
  if (roll < 88) return '"reward":0,';
  return roll < 95 ? `"reward":0.${1 + random.int(9)},` : '';
}

/** A well-spread 32-bit number for each pair (murmur's finisher). */
function mix(base: number, index: number): number {
  let hash = Math.imul(base ^ Math.imul(index + 1, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
