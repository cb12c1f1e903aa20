/** Upper bounds of the classes of a token histogram; the last class has none. */
export const TOKEN_BOUNDS = [128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768] as const;

/** Rows by their estimated tokens. */
export class TokenHistogram {
  readonly rows: number[] = [...TOKEN_BOUNDS, null].map(() => 0);
  tokens = 0;

  /** Counts a row: its canonical text, in which `tokens` stands before anything of free shape, so that the first one is the row's own. */
  addLine(line: string): void {
    const tokens = Number(/"tokens":(\d+)/.exec(line)?.[1] ?? 0);
    const found = TOKEN_BOUNDS.findIndex((bound) => tokens <= bound);
    this.rows[found === -1 ? TOKEN_BOUNDS.length : found]! += 1;
    this.tokens += tokens;
  }
}
