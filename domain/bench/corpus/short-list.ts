/** The items that come first in the order of chance, up to a number; those behind them are let go. */
export class ShortList<Item extends { readonly order: string }> {
  readonly #items: Item[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  offer(item: Item): void {
    const last = this.#items.at(-1);
    if (this.#items.length >= this.#most && (last === undefined || last.order <= item.order)) return;
    this.#items.splice(this.#placeOf(item.order), 0, item);
    if (this.#items.length > this.#most) this.#items.pop();
  }

  /** In the order of chance. */
  items(): readonly Item[] {
    return this.#items;
  }

  #placeOf(order: string): number {
    let [from, to] = [0, this.#items.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#items[middle]!.order < order) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
