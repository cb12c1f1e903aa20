import type { PairFrequencies } from './frequencies.ts';
import type { PairSet } from './pair-set.ts';
import { holdsNumber } from './signature.ts';
import { MOST_PAIRS } from './signature-store.ts';

/**
 * True when two texts have at least `threshold` of their word pairs in common (Jaccard; estimated from the sample where one of them is long) and what
 * they do not have in common looks like edits, not like two contents in one template.
 */
export function areCopies(left: PairSet, right: PairSet, frequencies: PairFrequencies, threshold: number): boolean {
  return shareMost(left, right, threshold) && !haveOwnPassages(left, right) && !haveOwnContents(left, right, frequencies);
}

/**
 * True when two texts of one cluster are close enough to be copies of one third text: two copies differ by the edits of both. That they are no two
 * contents of one template was told when the cluster was linked.
 */
export function areClose(left: PairSet, right: PairSet, threshold: number): boolean {
  const kept = (2 * threshold) / (1 + threshold);
  return shareMost(left, right, kept ** 2 / (2 - kept ** 2));
}

/** Tells whether enough is shared, and then leaves marked in both texts what is. */
function shareMost(left: PairSet, right: PairSet, threshold: number): boolean {
  const limit = Math.min(left.limit, right.limit);
  const [leftSize, rightSize] = [left.countUpTo(limit), right.countUpTo(limit)];
  if (Math.min(leftSize, rightSize) < threshold * Math.max(leftSize, rightSize)) return false;
  const shared = right.markShared(left, limit);
  if (shared < threshold * (leftSize + rightSize - shared)) return false;
  left.markShared(right, limit);
  return true;
}

/** So many word pairs of both texts in a row that the other one lacks are a statement of its own: 5 % of the words replaced make such a run in 1 of 1000 texts. */
const OWN_PASSAGE = 12;

function haveOwnPassages(left: PairSet, right: PairSet): boolean {
  return left.isWhole && right.isWhole && longestRun(left) >= OWN_PASSAGE && longestRun(right) >= OWN_PASSAGE;
}

/** The most pairs in a row that the other text lacks. */
function longestRun({ size, isShared }: PairSet): number {
  let [run, longest] = [0, 0];
  for (let index = 0; index < size; index += 1) {
    run = isShared[index] === 1 ? 0 : run + 1;
    if (run > longest) longest = run;
  }
  return longest;
}

/** Pairs that more texts hold than one of these belong to a template, as seen from those that fewer texts hold; several, because templates are of any size. */
const TEMPLATE_SIZES = [16, 64, 256, 1024, 4096, 16384] as const;
/** One replaced word changes two pairs; less than three are no proof of another content. */
const LEAST_PROOF = 3;

const sharedTexts = new Uint16Array(MOST_PAIRS);
const leftTexts = new Uint16Array(MOST_PAIRS);
const rightTexts = new Uint16Array(MOST_PAIRS);

/**
 * True when of what sets the texts apart from the many others more differs than agrees: of the pairs with a number, or of the pairs that are rarer
 * than those of their template.
 */
function haveOwnContents(left: PairSet, right: PairSet, frequencies: PairFrequencies): boolean {
  const limit = Math.min(left.limit, right.limit);
  const numbers = { shared: 0, left: 0, right: 0 };
  const texts = left.countTexts(frequencies);
  let [shared, leftOnly, rightOnly, most] = [0, 0, 0, 0];
  for (let index = 0; index < left.size; index += 1) {
    const pair = left.pairs[index]!;
    if (pair > limit) continue;
    if (texts[index]! > most) most = texts[index]!;
    if (left.isShared[index] === 1) {
      sharedTexts[shared++] = texts[index]!;
      if (holdsNumber(pair)) numbers.shared += 1;
    } else {
      leftTexts[leftOnly++] = texts[index]!;
      if (holdsNumber(pair)) numbers.left += 1;
    }
  }
  for (let index = 0; index < right.size; index += 1) {
    const pair = right.pairs[index]!;
    if (right.isShared[index] === 1 || pair > limit) continue;
    const held = frequencies.of(pair);
    if (held > most) most = held;
    rightTexts[rightOnly++] = held;
    if (holdsNumber(pair)) numbers.right += 1;
  }
  if (differMore(numbers.shared, numbers.left, numbers.right)) return true;
  for (const size of TEMPLATE_SIZES) {
    if (size >= most) return false;
    const leftRare = countUpTo(leftTexts, leftOnly, size);
    const rightRare = countUpTo(rightTexts, rightOnly, size);
    // A replaced word of the template leaves a rare pair on one side where the other still has a common one: an edit, no content.
    const leftOwn = leftRare - Math.min(leftRare, rightOnly - rightRare);
    const rightOwn = rightRare - Math.min(rightRare, leftOnly - leftRare);
    if (differMore(countUpTo(sharedTexts, shared, size), leftOwn, rightOwn)) return true;
  }
  return false;
}

function differMore(shared: number, left: number, right: number): boolean {
  const proof = Math.min(left, right);
  return proof >= LEAST_PROOF && proof > shared;
}

function countUpTo(texts: Uint16Array, count: number, most: number): number {
  let found = 0;
  for (let index = 0; index < count; index += 1) if (texts[index]! <= most) found += 1;
  return found;
}
