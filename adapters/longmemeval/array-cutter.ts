/** An element of a JSON array by its bytes: where it lies and how it begins. */
export interface ArrayElement {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly front: string;
}

/** Characters of an element's beginning that are kept. */
const FRONT_BYTES = 512;

/**
 * Finds where the elements of a JSON array of objects begin and end. Almost all of a dataset are strings, so these are leapt over from quote to quote: ten
 * times as fast as looking at every byte. Whether an element is JSON shows when it is read.
 */
export class ArrayCutter {
  /** Bytes before the piece at hand. */
  #base = 0;
  #line = 1;
  #state: 'before' | 'inside' | 'after' | 'broken' = 'before';
  #depth = 0;
  #inString = false;
  /** True when the piece before ended in a backslash that escapes what comes next. */
  #isEscaping = false;
  #start = -1;
  #startLine = 1;
  #front = '';

  /** The elements that end in this piece. */
  feed(piece: Buffer): ArrayElement[] {
    const found: ArrayElement[] = [];
    let at = 0;
    if (this.#start >= 0) this.#keepFront(piece, 0);
    while (at < piece.length && this.#state !== 'broken') {
      if (this.#inString) {
        at = this.#leapString(piece, at);
        continue;
      }
      const ended = this.#look(piece, at);
      if (ended !== undefined) found.push(ended);
      at += 1;
    }
    this.#base += piece.length;
    return found;
  }

  /** What is wrong once all pieces were fed; undefined when the array was whole. */
  fault(): string | undefined {
    if (this.#state === 'after') return undefined;
    return this.#state === 'broken' ? 'something else than objects between commas' : 'the end of the file before the closing bracket';
  }

  get line(): number {
    return this.#line;
  }

  #look(piece: Buffer, at: number): ArrayElement | undefined {
    const byte = piece[at]!;
    if (byte === BYTE.feed) this.#line += 1;
    if (this.#start < 0) return this.#between(byte, piece, at);
    if (byte === BYTE.quote) this.#inString = true;
    else if (byte === BYTE.openArray || byte === BYTE.openObject) this.#depth += 1;
    else if (byte === BYTE.closeArray || byte === BYTE.closeObject) {
      this.#depth -= 1;
      if (this.#depth === 0) return this.#end(at);
    }
    return undefined;
  }

  #between(byte: number, piece: Buffer, at: number): undefined {
    if (byte <= 32 || (this.#state === 'before' && byte >= 0xbb)) return;
    if (this.#state === 'before' && byte === BYTE.openArray) this.#state = 'inside';
    else if (this.#state === 'inside' && byte === BYTE.closeArray) this.#state = 'after';
    else if (this.#state === 'inside' && byte === BYTE.openObject) {
      [this.#start, this.#startLine, this.#depth, this.#front] = [this.#base + at, this.#line, 1, ''];
      this.#keepFront(piece, at);
    } else if (this.#state !== 'inside' || byte !== BYTE.comma) this.#state = 'broken';
  }

  #end(at: number): ArrayElement {
    const element = { start: this.#start, end: this.#base + at + 1, line: this.#startLine, front: this.#front };
    this.#start = -1;
    return element;
  }

  /** The place behind the quote that ends the string, or behind the piece. */
  #leapString(piece: Buffer, from: number): number {
    let at = from;
    if (this.#isEscaping) {
      this.#isEscaping = false;
      at += 1;
    }
    const first = at;
    for (;;) {
      const quote = piece.indexOf(BYTE.quote, at);
      const end = quote === -1 ? piece.length : quote;
      let backslashes = 0;
      while (end - backslashes > first && piece[end - backslashes - 1] === BYTE.backslash) backslashes += 1;
      const isEscaped = backslashes % 2 === 1;
      if (quote === -1) {
        this.#isEscaping = isEscaped;
        return piece.length;
      }
      if (!isEscaped) {
        this.#inString = false;
        return quote + 1;
      }
      at = quote + 1;
    }
  }

  #keepFront(piece: Buffer, from: number): void {
    const room = FRONT_BYTES - this.#front.length;
    if (room > 0) this.#front += piece.toString('latin1', from, Math.min(piece.length, from + room));
  }
}

const BYTE = {
  feed: 10,
  quote: 34,
  comma: 44,
  openArray: 91,
  backslash: 92,
  closeArray: 93,
  openObject: 123,
  closeObject: 125,
} as const;
