import type { ReplayResult } from '../../schemas/replay-report.ts';
import { distinctPages } from './distinct-pages.ts';
import { factsOf, type AskedQuestion } from './judged-row.ts';
import type { QuestionFacts } from './row-frame.ts';
import type { CapturedQuestion } from './suite-plan.ts';

/** Names of the measures of a captured search. */
export const CAPTURED_METRICS = ['jaccard@k', 'top1_stability', 'rbo', 'mrr'] as const;

/** A captured search, and how far it answers as it did. Nothing says what is right, so there is no `mrr`. */
export function capturedRow({ question_id, clusters, row }: CapturedQuestion, result: ReplayResult, asked: AskedQuestion): QuestionFacts {
  const isMeasured = asked.outcome !== 'skipped_budget';
  return {
    question_id,
    question: row.query,
    question_type: null,
    clusters: [...clusters],
    outcome: asked.outcome,
    metrics: {
      'jaccard@k': isMeasured ? result.jaccard : null,
      top1_stability: isMeasured && result.top1Match !== null ? Number(result.top1Match) : null,
      rbo: isMeasured ? result.rbo : null,
      mrr: null,
    },
    retrieved: distinctPages(asked.response?.results ?? []),
    ...factsOf(asked),
  };
}
