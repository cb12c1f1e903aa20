import { HEAD_UNITS, readWord } from './signature.ts';
import type { SignatureStore } from './signature-store.ts';

/** For each document the smallest index among those that say the same word for word. */
export function findTwins(store: SignatureStore): Int32Array {
  const prints = new Uint16Array(store.length * HEAD_UNITS);
  for (let document = 0; document < store.length; document += 1)
    prints.set(store.at(document).subarray(0, HEAD_UNITS), document * HEAD_UNITS);
  const order = Uint32Array.from({ length: store.length }, (_, index) => index);
  order.sort((left, right) => comparePrints(prints, left, right) || left - right);
  const twins = new Int32Array(store.length);
  for (let at = 0; at < order.length; at += 1) {
    const [before, document] = [order[at - 1], order[at]!];
    twins[document] = before !== undefined && comparePrints(prints, before, document) === 0 ? twins[before]! : document;
  }
  return twins;
}

function comparePrints(prints: Uint16Array, left: number, right: number): number {
  for (let at = 0; at < HEAD_UNITS; at += 2) {
    const difference = readWord(prints, left * HEAD_UNITS + at) - readWord(prints, right * HEAD_UNITS + at);
    if (difference !== 0) return difference;
  }
  return 0;
}
