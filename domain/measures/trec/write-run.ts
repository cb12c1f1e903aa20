/**
 * A ranking as lines of a TREC run. The scores are the places counted from the end, so that they fall strictly and no sorting can change the order.
 * White space in an id becomes %20 and the like, because columns are told apart by it.
 */
export function writeRunLines(queryId: string, keys: readonly string[], tag: string): string {
  return keys
    .map((key, place) => `${oneColumn(queryId)} Q0 ${oneColumn(key)} ${place + 1} ${keys.length - place} ${oneColumn(tag)}\n`)
    .join('');
}

function oneColumn(text: string): string {
  return text.replace(/\s/gu, (space) => encodeURIComponent(space));
}
