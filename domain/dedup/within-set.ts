import type { NearDuplicates } from './find-near-duplicates.ts';

/** The same copies among some of the documents only: the others stand alone. */
export function withinSet(copies: NearDuplicates, isMember: (document: number) => boolean): NearDuplicates {
  return { ...copies, roots: firstMembers(copies.roots, isMember), twins: firstMembers(copies.twins, isMember) };
}

/** For each member the smallest member of its group, for every other document itself. */
function firstMembers(groups: Int32Array, isMember: (document: number) => boolean): Int32Array {
  const first = new Map<number, number>();
  return groups.map((group, document) => {
    if (!isMember(document)) return document;
    const known = first.get(group);
    if (known === undefined) first.set(group, document);
    return known ?? document;
  });
}
