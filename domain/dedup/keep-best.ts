import type { Category } from '../../schemas/vocabulary.ts';
import type { NearDuplicates } from './find-near-duplicates.ts';

/** What decides which of several copies is kept. */
export interface CopyQuality {
  readonly id: string;
  readonly category: Category;
  /** Truth value, null when unknown. */
  readonly value: number | null;
  /** Day of the record, `YYYY-MM-DD` or `undated`. */
  readonly day: string;
}

const RANK: Readonly<Record<Category, number>> = { accepted: 3, partially_accepted: 2, needs_human_review: 1, rejected: 0 };

/** Order from the best copy to the worst: accepted before partially accepted, the higher truth value, the newer day, the smaller id. Total. */
export function byCopyQuality(left: CopyQuality, right: CopyQuality): number {
  return (
    RANK[right.category] - RANK[left.category] ||
    (right.value ?? -1) - (left.value ?? -1) ||
    compareText(dayOf(right), dayOf(left)) ||
    compareText(left.id, right.id)
  );
}

/**
 * For each document the one that is kept in its place, itself when it is kept. From the best to the worst, a document of a cluster is kept unless it is
 * close to one that is kept already ({@link NearDuplicates.areClose}). So a chain of small steps does not swallow a text that is another one by its end.
 */
export function keepBest({ twins, roots, areClose }: NearDuplicates, compare: (left: number, right: number) => number): Int32Array {
  const keptFor = Int32Array.from(twins.keys());
  /** Kept documents of each cluster, and the kept one of each text. */
  const kept = new Map<number, number[]>();
  const keeper = new Int32Array(twins.length).fill(-1);
  for (const document of clusteredOf(roots).sort(compare)) {
    const text = twins[document]!;
    if (keeper[text] === -1) {
      const others = kept.get(roots[document]!) ?? [];
      keeper[text] = others.slice(0, MOST_COMPARED).find((other) => areClose(twins[other]!, text)) ?? document;
      if (keeper[text] === document) kept.set(roots[document]!, [...others, document]);
    }
    keptFor[document] = keeper[text]!;
  }
  return keptFor;
}

/** A document is compared with so many kept ones of its cluster, the best, so that the time stays linear whatever a cluster looks like. */
const MOST_COMPARED = 32;

/** Documents that share their cluster with another one. */
function clusteredOf(roots: Int32Array): Uint32Array {
  const sizes = new Uint32Array(roots.length);
  for (const root of roots) sizes[root]! += 1;
  return Uint32Array.from(roots.keys()).filter((document) => sizes[roots[document]!]! > 1);
}

function dayOf({ day }: CopyQuality): string {
  return day === 'undated' ? '' : day;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
