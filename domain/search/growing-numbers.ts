/** A list of 32-bit unsigned numbers that grows by doubling; a plain array of as many would take twice the memory and more. */
export class GrowingNumbers {
  #values = new Uint32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Uint32Array(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** What was pushed, without a copy: valid until the next push. */
  values(): Uint32Array {
    return this.#values.subarray(0, this.#length);
  }
}
