/**
 * The rows with the highest scores above 0, best first; of equal ones, the one whose `order` is lower. A heap of `limit` rows with the worst of them
 * on top: most rows are turned away by one comparison.
 */
export function bestRows(scores: Float64Array, limit: number, order: Uint32Array): Uint32Array {
  const heap = new Uint32Array(Math.min(limit, scores.length));
  let size = 0;
  const isWorse = (left: number, right: number): boolean => {
    const [one, other] = [scores[left]!, scores[right]!];
    return one < other || (one === other && order[left]! > order[right]!);
  };
  const sink = (from: number): void => {
    const row = heap[from]!;
    let at = from;
    for (let child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && isWorse(heap[child + 1]!, heap[child]!)) child += 1;
      if (!isWorse(heap[child]!, row)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = row;
  };
  let least = 0;
  for (let row = 0; row < scores.length; row += 1) {
    const score = scores[row]!;
    if (score <= 0 || score < least) continue;
    if (size < heap.length) {
      heap[size] = row;
      size += 1;
      if (size < heap.length) continue;
      for (let at = (size >> 1) - 1; at >= 0; at -= 1) sink(at);
    } else if (size > 0 && isWorse(heap[0]!, row)) {
      heap[0] = row;
      sink(0);
    } else continue;
    least = scores[heap[0]!]!;
  }
  return heap.slice(0, size).sort((left, right) => (isWorse(left, right) ? 1 : -1));
}
