/** The word that takes the fewest single-letter edits to become `wanted`; the first of several, undefined when there are no words. */
export function nearestTo(wanted: string, words: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let fewest = Infinity;
  for (const word of words) {
    const edits = editsBetween(wanted, word);
    if (edits < fewest) [nearest, fewest] = [word, edits];
  }
  return nearest;
}

/** Levenshtein distance, one row at a time. */
function editsBetween(left: string, right: string): number {
  const others = [...right];
  let row = Array.from({ length: others.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...left].entries()) {
    const next = [index + 1];
    for (const [column, other] of others.entries()) {
      next.push(Math.min(next[column]! + 1, row[column + 1]! + 1, row[column]! + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[others.length]!;
}
