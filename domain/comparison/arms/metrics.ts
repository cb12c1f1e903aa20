import type { EvalQuestionRow } from '../../../schemas/eval-question-row.ts';
import type { LongMemEvalOutcome } from '../../../schemas/vocabulary.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';

/** What the headline and the four metrics of a suite are when nobody names others; those of judged pages for suites that are not built in. */
const USUAL_METRICS: Readonly<Record<string, readonly string[]>> = {
  longmemeval: ['recall_all@5', 'recall_any@1', 'recall@10', 'ndcg@10'],
  replay: ['jaccard@k', 'top1_stability', 'rbo'],
};
const USUAL_OF_JUDGED = ['ndcg@10', 'recall@10', 'mrr', 'hit@1'];

/** Metrics of a question that stand in fields of their own. Compared only when they are asked for. */
const FIELDS = {
  latency_ms: ({ latency_ms }: EvalQuestionRow) => latency_ms,
  cost_per_query_usd: ({ cost_usd }: EvalQuestionRow) => cost_usd,
} as const;

/** Metrics that are 0 or 1 for a question, whatever place they look at, and so are tested by McNemar and have a Wilson interval. */
const BINARY = new Set([
  'hit',
  'success',
  'recall_all',
  'recall_any',
  'top1_stability',
  'expected_top1',
  'expected_top1_hit_rate',
  'first_relevant_hit',
  'first_relevant_hit_rate',
  'qa_accuracy',
  'qa_correct',
]);

/** Answers of a reader: the one thing that is asked of questions that nothing can be found for, too. */
const ANSWERS = new Set(['qa_accuracy', 'qa_correct']);

/** What a search takes up. A failed one has not done better for taking less. */
const EFFORTS = new Set(['tokens', ...Object.keys(FIELDS)]);

/** Failures count as misses: as 0, wherever more is better and a question can be missed. */
const FAILURES: readonly LongMemEvalOutcome[] = ['system_failure', 'harness_error'];

/** The usual metrics of a suite, headline first. */
export function usualMetrics(suite: string): readonly string[] {
  return USUAL_METRICS[suite] ?? USUAL_OF_JUDGED;
}

/** Every metric that some question has a value of, by name. */
export function metricsOf(questions: Iterable<EvalQuestionRow>): string[] {
  const names = new Set<string>();
  for (const question of questions) {
    for (const [name, value] of Object.entries(question.metrics)) if (value !== null) names.add(name);
    for (const [name, read] of Object.entries(FIELDS)) if (read(question) !== null) names.add(name);
  }
  return [...names].sort(compareCodePoints);
}

/**
 * What a question came to in a metric; null where it does not count. A search or a harness that failed missed the question and has 0, also where its row
 * says nothing; how long it took and what it cost are what they are.
 */
export function scoreOf(question: EvalQuestionRow, metric: string): number | null {
  const stated = Object.hasOwn(question.metrics, metric) ? question.metrics[metric]! : null;
  if (stated !== null) return stated;
  if (!Object.hasOwn(question.metrics, metric) && Object.hasOwn(FIELDS, metric)) return FIELDS[metric as keyof typeof FIELDS](question);
  return FAILURES.includes(question.outcome) && isAsked(question, metric) ? 0 : null;
}

/** A question that nothing can be found for (its id ends in _abs) counts in what was answered, and never in what was retrieved. */
function isAsked({ question_id }: EvalQuestionRow, metric: string): boolean {
  return !EFFORTS.has(metric) && (!question_id.endsWith('_abs') || ANSWERS.has(metric));
}

/** True for a metric of yes and no, as long as every value is one of both. */
export function isBinaryMetric(metric: string, values: readonly number[]): boolean {
  return BINARY.has(metric.replace(/@\d+$/, '')) && values.every((value) => value === 0 || value === 1);
}
