import type { ComparedSuite } from '../../../schemas/eval-comparison.ts';

type Question = ComparedSuite['questions'][number];

/** How many questions a second arm won over a first, lost to it, and left as they were. */
export interface Moves {
  readonly won: number;
  readonly lost: number;
  readonly same: number;
}

/** The scores of two arms on the questions where both have one. */
export function pairScores({ questions }: ComparedSuite, a: string, b: string): (readonly [number, number])[] {
  return questions.flatMap(({ scores }) => {
    const [before, now] = [scores[a] ?? null, scores[b] ?? null];
    return before === null || now === null ? [] : [[before, now] as const];
  });
}

export function countMoves(suite: ComparedSuite, a: string, b: string): Moves {
  const scores = pairScores(suite, a, b);
  const won = scores.filter(([before, now]) => now > before).length;
  const lost = scores.filter(([before, now]) => now < before).length;
  return { won, lost, same: scores.length - won - lost };
}

/** `12 won, 3 lost, 85 the same`. */
export function tellMoves({ won, lost, same }: Moves): string {
  return `${won} won, ${lost} lost, ${same} the same`;
}

/** How far the best and the worst arm lie apart on a question; 0 where fewer than two have a score. */
export function spreadOf({ scores }: Question): number {
  const values = Object.values(scores).filter((value) => value !== null);
  return values.length < 2 ? 0 : Math.max(...values) - Math.min(...values);
}
