/** Persistence of a reader who goes on from one rank to the next; the usual one. */
const PERSISTENCE = 0.9;

/**
 * Size of the intersection over size of the union of the first `k` keys of two lists, whole lists without `k`. Keys count once, at their first place,
 * and are taken together before the cut. Two empty lists are equal: 1; one empty list shares nothing: 0.
 */
export function measureJaccard(left: readonly string[], right: readonly string[], k?: number): number {
  const [a, b] = [new Set(firstKeys(left, k)), new Set(firstKeys(right, k))];
  if (a.size === 0 && b.size === 0) return 1;
  const shared = [...a].filter((key) => b.has(key)).length;
  return shared / (a.size + b.size - shared);
}

/** True when both lists begin with the same key, or are both empty. */
export function hasSameFirst(left: readonly string[], right: readonly string[]): boolean {
  return left[0] === right[0];
}

/**
 * Rank-biased overlap of two lists of distinct keys, extrapolated from the depth that was seen: sum of (1 - p) p^(d-1) A(d) over the depths d plus
 * p^l A(l), with A(d) the share of the first d places that stand in both lists and, beyond the end of the shorter list, its last share taken
 * on. Keys count once, at their first place. From 0 for disjoint lists to 1 for equal ones; two empty lists are equal, one empty list shares nothing.
 * Source: W. Webber, A. Moffat, J. Zobel, A similarity measure for indefinite rankings (2010), equation 32.
 */
export function measureRankOverlap(left: readonly string[], right: readonly string[], p = PERSISTENCE): number {
  const agreements = agreementsByDepth(firstKeys(left), firstKeys(right));
  const deepest = agreements.at(-1);
  if (deepest === undefined) return 1;
  return agreements.reduceRight((beyond, agreement) => agreement + p * (beyond - agreement), deepest);
}

/** A key's first place counts; the others are no places at all. */
export function firstKeys(keys: readonly string[], k = Number.POSITIVE_INFINITY): string[] {
  const first = [...new Set(keys)];
  return first.length <= k ? first : first.slice(0, k);
}

function agreementsByDepth(a: readonly string[], b: readonly string[]): number[] {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  const [inShorter, inLonger] = [new Set<string>(), new Set<string>()];
  let shared = 0;
  let sharedAtEnd = 0;
  return longer.map((key, place) => {
    const depth = place + 1;
    const other = shorter[place];
    inLonger.add(key);
    if (other !== undefined) inShorter.add(other);
    if (inShorter.has(key)) shared += 1;
    if (other !== undefined && other !== key && inLonger.has(other)) shared += 1;
    if (other !== undefined) sharedAtEnd = shared;
    const taken = depth > shorter.length && shorter.length > 0 ? (sharedAtEnd * (depth - shorter.length)) / shorter.length : 0;
    return (shared + taken) / depth;
  });
}
