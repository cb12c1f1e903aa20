import type { ReplayRow } from '../../schemas/baseline.ts';

interface Asked {
  readonly question_id: string;
  /** What it shares with other questions: conversations that it was declared to be part of. */
  readonly clusters: readonly string[];
}

/** A question whose right pages are known. */
export interface JudgedQuestion extends Asked {
  readonly question: string;
  readonly embedding_dim: number | null;
  /** Keys of judged pages with their grades. */
  readonly grades: readonly (readonly [key: string, grade: number])[];
}

/** A search that was captured. */
export interface CapturedQuestion extends Asked {
  readonly row: ReplayRow;
}

/** The questions of a suite that a run asks, in the order of the dataset. */
export type SuitePlan =
  | { readonly kind: 'judged'; readonly questions: readonly JudgedQuestion[] }
  | { readonly kind: 'captured'; readonly questions: readonly CapturedQuestion[] };
