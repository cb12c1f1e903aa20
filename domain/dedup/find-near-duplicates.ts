import { areClose, areCopies } from './are-copies.ts';
import { computeBandKeys } from './band-keys.ts';
import { forEachCandidate } from './candidate-pairs.ts';
import { findTwins } from './distinct-texts.ts';
import { PairFrequencies } from './frequencies.ts';
import { PairSet } from './pair-set.ts';
import type { DedupSettings } from './settings.ts';
import type { SignatureStore } from './signature-store.ts';

/** Which documents are copies of each other; documents are known by their index in the store. */
export interface NearDuplicates {
  /** For each document the smallest index of its cluster: all that are linked, directly or over others. */
  readonly roots: Int32Array;
  /** For each document the smallest index of those that say the same word for word. */
  readonly twins: Int32Array;
  /** Pairs of near copies, one after the other, among documents that are their own twin: smaller index first, ascending. */
  readonly links: Uint32Array;
  /** Comparisons that were made. */
  readonly compared: number;
  /** True when two documents of one cluster are close enough to be copies of one third text. */
  areClose(left: number, right: number): boolean;
}

/**
 * Finds near copies. The result depends on the texts and the settings alone: not on the order of the documents (but for the numbers they are known by),
 * nor on chance. Memory: the store, 92 bytes a document for the index (16 bands), and at most 128 MiB of counters.
 */
export function findNearDuplicates(store: SignatureStore, settings: DedupSettings): NearDuplicates {
  const twins = findTwins(store);
  const distinct = Uint32Array.from(twins.keys()).filter((document) => twins[document] === document);
  const frequencies = new PairFrequencies(store, distinct);
  const index = computeBandKeys(store, distinct, frequencies, settings);
  const found: number[] = [];
  const [one, other] = [new PairSet(), new PairSet()];
  const threshold = settings.near_duplicate_threshold;
  let loaded = -1;
  let compared = 0;
  forEachCandidate(store, index, frequencies, (left, right) => {
    if (loaded !== left) one.load(store.at(index.documents[left]!));
    loaded = left;
    other.load(store.at(index.documents[right]!));
    compared += 1;
    if (!areCopies(one, other, frequencies, threshold)) return;
    const [first, second] = [index.documents[left]!, index.documents[right]!];
    found.push(Math.min(first, second) * store.length + Math.max(first, second));
  });
  const links = unpackLinks(found, store.length);
  return {
    roots: joinClusters(twins, links),
    twins,
    links,
    compared,
    areClose: (left, right) => {
      one.load(store.at(left));
      other.load(store.at(right));
      return areClose(one, other, threshold);
    },
  };
}

/** Distinct links in ascending order; two indexes share a number, which holds up to 90 million documents. */
function unpackLinks(found: readonly number[], documents: number): Uint32Array {
  const sorted = Float64Array.from(found).sort();
  const links: number[] = [];
  for (const [at, link] of sorted.entries()) if (link !== sorted[at - 1]) links.push(Math.floor(link / documents), link % documents);
  return Uint32Array.from(links);
}

function joinClusters(twins: Int32Array, links: Uint32Array): Int32Array {
  const roots = Int32Array.from(twins);
  const rootOf = (document: number): number => {
    let at = document;
    while (roots[at] !== at) {
      // Halving the way on each walk keeps long chains from being walked again and again.
      roots[at] = roots[roots[at]!]!;
      at = roots[at]!;
    }
    return at;
  };
  for (let at = 0; at < links.length; at += 2) {
    const [left, right] = [rootOf(links[at]!), rootOf(links[at + 1]!)];
    roots[Math.max(left, right)] = Math.min(left, right);
  }
  return roots.map((_, document) => rootOf(document));
}
