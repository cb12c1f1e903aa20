import type { PairFrequencies } from './frequencies.ts';
import type { DedupSettings } from './settings.ts';
import { wordsOf } from './signature.ts';
import { smallestPairs, type SignatureStore } from './signature-store.ts';

/** Where each document stands in the index. Documents that cannot have a near copy are left out. */
export interface BandKeys {
  /** Documents of the index, in the order of the columns below. */
  readonly documents: Uint32Array;
  readonly bands: number;
  /** `bands` keys for each document: copies agree in some of them. */
  readonly keys: Uint32Array;
}

/** Pairs that the index looks at; every signature holds as many, or all that there are. */
const SAMPLED_PAIRS = 96;
/** A sample of that size shows a share to within 0.05 most of the time. */
const SAMPLING_SLACK = 0.2;

/**
 * MinHash keys in bands, over the pairs that more than one text holds: a pair that stands in one text alone says nothing about copies, and without
 * the pairs that an edit made new a copy is almost as like its original as the original is to itself.
 */
export function computeBandKeys(
  store: SignatureStore,
  distinct: Uint32Array,
  frequencies: PairFrequencies,
  settings: DedupSettings,
): BandKeys {
  const { near_duplicate_bands: bands, near_duplicate_rows: rows, near_duplicate_min_words: minWords } = settings;
  const multipliers = oddNumbers(Math.ceil((bands * rows) / AT_ONCE) * AT_ONCE);
  const minima = new Int32Array(multipliers.length);
  const documents = new Uint32Array(distinct.length);
  const keys = new Uint32Array(distinct.length * bands);
  let count = 0;
  for (const document of distinct) {
    const signature = store.at(document);
    if (wordsOf(signature) < minWords) continue;
    const pairs = smallestPairs(signature, SAMPLED_PAIRS);
    const shared = keepShared(pairs, frequencies);
    if (shared < (settings.near_duplicate_threshold - SAMPLING_SLACK) * pairs.length) continue;
    findMinima(pairs, shared, multipliers, minima);
    documents[count] = document;
    for (let band = 0; band < bands; band += 1) keys[count * bands + band] = joinMinima(minima, band * rows, rows);
    count += 1;
  }
  return { documents: documents.subarray(0, count), bands, keys: keys.subarray(0, count * bands) };
}

/** Moves the pairs that several texts hold to the front, and returns how many there are. */
function keepShared(pairs: Uint32Array, frequencies: PairFrequencies): number {
  let shared = 0;
  for (const pair of pairs) if (frequencies.of(pair) > 1) pairs[shared++] = pair;
  return shared;
}

const AT_ONCE = 3;

/** The least value of each hash function over the pairs. Three functions at once and signed numbers: twice as fast as one by one. */
function findMinima(pairs: Uint32Array, count: number, multipliers: Uint32Array, minima: Int32Array): void {
  for (let row = 0; row < multipliers.length; row += AT_ONCE) {
    const [first, second, third] = [multipliers[row]!, multipliers[row + 1]!, multipliers[row + 2]!];
    let [leastFirst, leastSecond, leastThird] = [0x7fffffff, 0x7fffffff, 0x7fffffff];
    for (let index = 0; index < count; index += 1) {
      const pair = pairs[index]!;
      leastFirst = Math.min(leastFirst, Math.imul(pair ^ first, first));
      leastSecond = Math.min(leastSecond, Math.imul(pair ^ second, second));
      leastThird = Math.min(leastThird, Math.imul(pair ^ third, third));
    }
    minima[row] = leastFirst;
    minima[row + 1] = leastSecond;
    minima[row + 2] = leastThird;
  }
}

function joinMinima(minima: Int32Array, from: number, rows: number): number {
  let key = 0x9e3779b9;
  for (let row = from; row < from + rows; row += 1) {
    key = Math.imul(key ^ minima[row]!, 0x85ebca6b);
    key ^= key >>> 15;
  }
  return key >>> 0;
}

/** Fixed odd numbers that look like chance, one for each hash function. */
function oddNumbers(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let index = 0; index < count; index += 1) {
    let mixed = Math.imul(index + 1, 0x9e3779b1);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
    numbers[index] = (mixed ^ (mixed >>> 15)) | 1;
  }
  return numbers;
}
