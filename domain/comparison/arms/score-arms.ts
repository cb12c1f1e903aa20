import { compareCodePoints } from '../../shared/code-point-order.ts';
import type { Arm } from './arm.ts';
import { scoreOf } from './metrics.ts';

/** What a question is, as far as all arms agree on it. */
export interface QuestionFacts {
  readonly id: string;
  readonly text: string | null;
  readonly type: string | null;
  /** What it shares with others, by whichever arm says so. */
  readonly clusters: readonly string[];
}

/** Scores of arms, question by question. Questions come in the order of their ids. */
export interface Scores {
  readonly questions: readonly QuestionFacts[];
  textOf(id: string): string | null;
  /** Null where the question does not count in the metric. */
  of(arm: string, metric: string, id: string): number | null;
  /** Ids of the questions with a score in every arm. */
  questionsOf(metric: string): readonly string[];
}

/** Looks up the scores of arms that have the same questions. `field` names the field of a row that questions share where it is not their conversation. */
export function scoreArms(arms: readonly Arm[], field: string | null): Scores {
  const byArm = new Map(arms.map(({ name, questions }) => [name, new Map(questions.map((question) => [question.question_id, question]))]));
  const ids = [...(byArm.values().next().value?.keys() ?? [])].sort(compareCodePoints);
  const facts = new Map(
    ids.map((id) => [
      id,
      factsOf(
        id,
        [...byArm.values()].map((questions) => questions.get(id)!),
        field,
      ),
    ]),
  );
  const cache = new Map<string, readonly string[]>();
  const of = (arm: string, metric: string, id: string): number | null => scoreOf(byArm.get(arm)!.get(id)!, metric);
  return {
    questions: [...facts.values()],
    textOf: (id) => facts.get(id)?.text ?? null,
    of,
    questionsOf(metric) {
      const known = cache.get(metric) ?? ids.filter((id) => arms.every(({ name }) => of(name, metric, id) !== null));
      cache.set(metric, known);
      return known;
    },
  };
}

function factsOf(id: string, rows: readonly Arm['questions'][number][], field: string | null): QuestionFacts {
  return {
    id,
    text: rows.find(({ question }) => question !== null)?.question ?? null,
    type: rows.find(({ question_type }) => question_type !== null)?.question_type ?? null,
    clusters: [...new Set(rows.flatMap((row) => (field === null ? row.clusters : sharedBy(row[field]))))],
  };
}

function sharedBy(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(sharedBy);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}
