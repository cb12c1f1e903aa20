import type { BandKeys } from './band-keys.ts';
import type { PairFrequencies } from './frequencies.ts';
import { HEAD_UNITS, type Signature } from './signature.ts';
import { MOST_PAIRS, readPairs, type SignatureStore } from './signature-store.ts';

/** A bucket of up to so many documents is compared pair by pair. */
const SMALL_BUCKET = 16;
/** In a crowded bucket a document is compared with so many neighbours at most, those that share its rarest pair, */
const NEIGHBOURS = 4;
/** and, in every so many bands, with the next one in any case, so that many copies of one text find together over their edits. */
const CHAIN_EVERY = 4;

/**
 * Calls `compare` with columns of the index that agree in a band, `left` in runs, so that what it holds of `left` serves several calls. At most 8 calls a
 * document and band, however full a bucket is; a pair may come twice. Which pairs come depends on the texts alone, not on their order.
 */
export function forEachCandidate(
  store: SignatureStore,
  index: BandKeys,
  frequencies: PairFrequencies,
  compare: (left: number, right: number) => void,
): void {
  const rarest = new Uint32Array(index.documents.length);
  const crowded: Set<number>[] = [];
  for (let band = 0; band < index.bands; band += 1) {
    const sorted = sortByKey(index, band);
    const full = new Set<number>();
    crowded.push(full);
    for (let from = 0; from < sorted.length;) {
      const key = keyAt(index, sorted[from]!, band);
      let to = from + 1;
      while (to < sorted.length && keyAt(index, sorted[to]!, band) === key) to += 1;
      const bucket = sorted.subarray(from, to);
      const isCrowded = bucket.length > SMALL_BUCKET;
      if (isCrowded) {
        full.add(key);
        for (const column of bucket) rarest[column] = rarestPair(store.at(index.documents[column]!), frequencies, band);
        bucket.sort((one, other) => rarest[one]! - rarest[other]! || compareHeads(store, index.documents[one]!, index.documents[other]!));
      }
      for (let at = 0; at < bucket.length - 1; at += 1) {
        const left = bucket[at]!;
        const end = isCrowded ? Math.min(bucket.length, at + NEIGHBOURS + 1) : bucket.length;
        for (let next = at + 1; next < end; next += 1) {
          const right = bucket[next]!;
          if (isCrowded && rarest[left] !== rarest[right]) {
            if (next === at + 1 && band % CHAIN_EVERY === 0) compare(left, right);
            break;
          }
          if (!wasCompared(index, crowded, band, left, right)) compare(left, right);
        }
      }
      from = to;
    }
  }
}

/** Columns in the order of their keys in one band. Key and column share a double, because a plain numeric sort is ten times as fast as a comparing one. */
function sortByKey(index: BandKeys, band: number): Uint32Array {
  const count = index.documents.length;
  const columnBits = Math.max(1, Math.ceil(Math.log2(count + 1)));
  const dropped = Math.max(0, 32 + columnBits - 53);
  const scale = 2 ** columnBits;
  const packed = new Float64Array(count);
  for (let column = 0; column < count; column += 1) packed[column] = (keyAt(index, column, band) >>> dropped) * scale + column;
  packed.sort();
  return Uint32Array.from(packed, (value) => value % scale);
}

/**
 * The rarest pair that several texts hold, told by the power of two of their number, then by a hash of its own for each band. Lined up by it, copies
 * stand side by side in a bucket that is crowded because of a template.
 */
function rarestPair(signature: Signature, frequencies: PairFrequencies, band: number): number {
  const count = readPairs(signature, pairs);
  const multiplier = Math.imul(band + 1, 0x9e3779b2) | 1;
  let rarest = 0xffffffff;
  for (let index = 0; index < count; index += 1) {
    const texts = frequencies.of(pairs[index]!);
    if (texts < 2) continue;
    const key = (((31 - Math.clz32(texts)) << 27) | (Math.imul(pairs[index]! ^ multiplier, multiplier) >>> 5)) >>> 0;
    if (key < rarest) rarest = key;
  }
  return rarest;
}

const pairs = new Uint32Array(MOST_PAIRS);

function compareHeads(store: SignatureStore, left: number, right: number): number {
  const [one, other] = [store.at(left), store.at(right)];
  for (let at = 0; at < HEAD_UNITS; at += 1) if (one[at] !== other[at]) return one[at]! - other[at]!;
  return 0;
}

/** True when an earlier band had both in one bucket and compared all of it. */
function wasCompared(index: BandKeys, crowded: readonly Set<number>[], band: number, left: number, right: number): boolean {
  for (let earlier = 0; earlier < band; earlier += 1) {
    const key = keyAt(index, left, earlier);
    if (key === keyAt(index, right, earlier) && !crowded[earlier]!.has(key)) return true;
  }
  return false;
}

function keyAt(index: BandKeys, column: number, band: number): number {
  return index.keys[column * index.bands + band]!;
}
