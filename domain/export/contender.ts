import type { Category } from '../../schemas/vocabulary.ts';

/** A record that may take part in pairs; the keys tell equal system prompts and equal answers. */
export interface Contender {
  readonly evidence_id: string;
  readonly task_key: string;
  readonly cluster: string;
  readonly category: Category;
  readonly value: number | null;
  readonly system_key: string;
  readonly answer_key: string;
}

/** All that decides which of two contenders is better. */
export type Standing = Pick<Contender, 'category' | 'value'>;

/** By how much one contender is better than another. */
export interface Difference {
  readonly reason: 'category' | 'truth_value';
  /** Difference of the truth values, or of the category ranks where a value is unknown or both are equal; above 0. */
  readonly margin: number;
}

const RANK: Readonly<Record<Category, number>> = { accepted: 2, partially_accepted: 1, rejected: 0, needs_human_review: -1 };

/** By how much the first is strictly better, or undefined when it is not, or when category and truth value speak against each other. */
export function compareQuality(better: Standing, worse: Standing): Difference | undefined {
  const rank = RANK[better.category] - RANK[worse.category];
  const value = better.value === null || worse.value === null ? undefined : better.value - worse.value;
  if (RANK[better.category] < 1 || RANK[worse.category] < 0 || rank < 0 || (value !== undefined && value < 0)) return undefined;
  if (rank > 0) return { reason: 'category', margin: value !== undefined && value > 0 ? value : rank };
  return value !== undefined && value > 0 ? { reason: 'truth_value', margin: value } : undefined;
}

/** Order from the best to the worst, for sorting; equals in the order of their ids. */
export function byQuality(left: Contender, right: Contender): number {
  return (
    RANK[right.category] - RANK[left.category] ||
    (right.value ?? -1) - (left.value ?? -1) ||
    (left.evidence_id < right.evidence_id ? -1 : 1)
  );
}

/** The first contender with each answer. */
export function distinctAnswers(contenders: readonly Contender[]): Contender[] {
  const seen = new Set<string>();
  return contenders.filter((contender) => !seen.has(contender.answer_key) && seen.add(contender.answer_key));
}
