/**
 * Which items belong together: those that share a key, directly or through others. An item without a key stands alone. Places of the items of each
 * cluster, ascending, clusters in the order of their first item.
 */
export function joinClusters(items: readonly { readonly clusters?: readonly string[] }[]): number[][] {
  const parents = items.map((_, place) => place);
  const firstByKey = new Map<string, number>();
  items.forEach(({ clusters = [] }, place) => {
    for (const key of clusters) {
      const first = firstByKey.get(key);
      if (first === undefined) firstByKey.set(key, place);
      else join(parents, first, place);
    }
  });
  const members = new Map<number, number[]>();
  parents.forEach((_, place) => {
    const root = rootOf(parents, place);
    const known = members.get(root);
    if (known === undefined) members.set(root, [place]);
    else known.push(place);
  });
  return [...members.values()];
}

function join(parents: number[], left: number, right: number): void {
  parents[rootOf(parents, left)] = rootOf(parents, right);
}

function rootOf(parents: number[], place: number): number {
  let at = place;
  while (parents[at] !== at) {
    // Each step is cut short for the next one, so that long chains stay cheap.
    parents[at] = parents[parents[at]!]!;
    at = parents[at]!;
  }
  return at;
}
