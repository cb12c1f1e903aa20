/** What a question's ranking is worth, by depth in distinct sessions. */
export interface SessionScore {
  readonly all: Readonly<Record<string, boolean>>;
  readonly any: Readonly<Record<string, boolean>>;
  readonly fraction: Readonly<Record<string, number>>;
  /** Any gold session at all among what was retrieved. */
  readonly hit: boolean;
  readonly goldTotal: number;
  /** Among all that was retrieved. */
  readonly goldFound: number;
}

/** Holds a ranking of raw session ids against the gold, by exact text. Null without gold: there is nothing to find. Repeats on either side count once. */
export function scoreSessions(ranked: readonly string[], gold: readonly string[], depths: readonly number[]): SessionScore | null {
  const sessions = distinct(ranked);
  const wanted = distinct(gold);
  if (wanted.length === 0) return null;
  const found = (depth: number): number => {
    const seen = new Set(sessions.slice(0, depth));
    return wanted.filter((id) => seen.has(id)).length;
  };
  const at = <Value>(judge: (found: number) => Value): Record<string, Value> =>
    Object.fromEntries(depths.map((depth) => [String(depth), judge(found(depth))]));
  const goldFound = found(sessions.length);
  return {
    all: at((count) => count === wanted.length),
    any: at((count) => count > 0),
    fraction: at((count) => count / wanted.length),
    hit: goldFound > 0,
    goldTotal: wanted.length,
    goldFound,
  };
}

/** Each once, in the order of their first appearance. */
export function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}

/** True for a question to which the right answer is that nothing is known. */
export function isAbstention(questionId: string): boolean {
  return questionId.endsWith('_abs');
}
