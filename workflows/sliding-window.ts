/** Starts work for each item, at most `width` at once, and waits for all of it. The first failure stops new starts and is thrown when the rest has ended. */
export async function slideWindow<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
  mayStart: () => Promise<boolean>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  for (const item of items) {
    while (running.size >= width) await Promise.race(running);
    if (failures.length > 0 || !(await mayStart())) break;
    const one: Promise<void> = work(item)
      .catch((failure: unknown) => void failures.push(failure))
      .finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
}
