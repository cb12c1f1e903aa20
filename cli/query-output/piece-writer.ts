/** Takes data piece by piece; false once nobody wants more. */
export type Sink = (piece: string) => Promise<boolean>;

/** How far an output came. */
export interface Written {
  readonly rows: number;
  /** True when the result has more rows than were written. */
  readonly isCut: boolean;
}

const PIECE_CHARS = 1 << 16;

/** Gathers small texts into pieces worth writing. */
export class PieceWriter {
  readonly #sink: Sink;
  #pending: string[] = [];
  #pendingChars = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** True when it is time to {@link flush}. */
  add(text: string): boolean {
    this.#pending.push(text);
    this.#pendingChars += text.length;
    return this.#pendingChars >= PIECE_CHARS;
  }

  /** False once nobody reads any more. */
  async flush(): Promise<boolean> {
    if (this.#pending.length === 0) return true;
    const piece = this.#pending.join('');
    this.#pending = [];
    this.#pendingChars = 0;
    return this.#sink(piece);
  }
}
