/**
 * Makes calls that are paid under one cap. What is set aside for a call is more than it comes to, so one that finds no room is made again once another
 * has ended that did find some; it stays `over_budget` when none is going on that could still give anything back.
 */
export class SharedCap {
  readonly #going = new Set<Promise<unknown>>();
  /** Calls that found room, and have ended. */
  #ended = 0;

  async ask<Answer extends { readonly state: string }>(call: () => Promise<Answer>): Promise<Answer> {
    for (;;) {
      const endedBefore = this.#ended;
      const answer = await this.#make(call);
      if (answer.state !== 'over_budget') return answer;
      while (this.#ended === endedBefore && this.#going.size > 0) await Promise.race(this.#going);
      if (this.#ended === endedBefore) return answer;
    }
  }

  async #make<Answer extends { readonly state: string }>(call: () => Promise<Answer>): Promise<Answer> {
    const made = call();
    const end = made.then(
      ({ state }) => state !== 'over_budget',
      () => true,
    );
    const going = end.then((foundRoom) => {
      this.#going.delete(going);
      if (foundRoom) this.#ended += 1;
    });
    this.#going.add(going);
    await going;
    return made;
  }
}
